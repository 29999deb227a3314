package dev.kafila.mapping.api;

/**
 * The errors of the API, as AWS names them.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html">Common errors</a>
 */
enum ApiError {
    INVALID_PARAMETER("InvalidParameterValueException", 400, "message"),
    MALFORMED("SerializationException", 400, "Message"),
    IN_USE("ResourceInUseException", 400, "Message"),
    INCOMPLETE_SIGNATURE("IncompleteSignatureException", 403, "message"),
    UNSIGNED("MissingAuthenticationTokenException", 403, "message"),
    UNKNOWN_KEY("UnrecognizedClientException", 403, "message"),
    WRONG_SIGNATURE("InvalidSignatureException", 403, "message"),
    ACCESS_DENIED("AccessDeniedException", 403, "Message"),
    NOT_FOUND("ResourceNotFoundException", 404, "Message"),
    UNKNOWN_OPERATION("UnknownOperationException", 404, "message"),
    WRONG_METHOD("UnknownOperationException", 405, "message"),
    CONFLICT("ResourceConflictException", 409, "message"),
    TOO_LARGE("RequestTooLargeException", 413, "message"),
    TOO_MANY("TooManyRequestsException", 429, "message"),
    SERVICE("ServiceException", 500, "Message");

    private final String type;
    private final int status;
    private final String messageMember;

    ApiError(String type, int status, String messageMember) {
        this.type = type;
        this.status = status;
        this.messageMember = messageMember;
    }

    /** By which clients find the exception. */
    String type() {
        return type;
    }

    /** Of HTTP. */
    int status() {
        return status;
    }

    /** AWS writes it with a capital for some of them; clients in Java read only the one that their model has. */
    String messageMember() {
        return messageMember;
    }
}
