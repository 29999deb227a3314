package dev.kafila.sandbox;

import java.time.Duration;
import java.util.Objects;

/**
 * What the sandbox's AWS says to one request.
 *
 * @param status     HTTP status, of errors only: what a success has depends on the operation
 * @param errorType  the exception as AWS names it, or the kind of a function error ({@code Handled}, {@code Unhandled}); null for a success, and
 *     for an error that nothing is said about
 * @param body       JSON of a success, or the message of an error; null: what the operation says by itself
 * @param retryAfter sent as {@code Retry-After}; null: not sent
 * @param delay      how long the request is kept waiting before this answer
 */
public record Answer(Kind kind, int status, String errorType, String body, Duration retryAfter, Duration delay) {

    /** How an answer ends. */
    public enum Kind {
        /** The request succeeds. */
        OK,
        /** The function ran and failed: status 200 with {@code X-Amz-Function-Error}. */
        FUNCTION_ERROR,
        /** AWS refuses, throttles or fails. */
        ERROR,
        /** No answer, until the client goes away. */
        HANG,
        /** The connection is reset without an answer. */
        RESET,
        /** Half of a success, then the connection closes. */
        TRUNCATED
    }

    public Answer {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(delay);
    }

    public static Answer ok() {
        return of(Kind.OK, 200, null, null);
    }

    /** Success; of an invocation, the function returned this JSON. */
    public static Answer ok(String json) {
        return of(Kind.OK, 200, null, json);
    }

    public static Answer slow(Duration delay) {
        return ok().after(delay);
    }

    /** Lambda's throttle, without {@code Retry-After}. */
    public static Answer throttle() {
        return status(429, "TooManyRequestsException", "Rate Exceeded.");
    }

    public static Answer throttle(Duration retryAfter) {
        return throttle().withRetryAfter(retryAfter);
    }

    public static Answer status(int status, String errorType) {
        return status(status, errorType, "Injected by the sandbox");
    }

    public static Answer status(int status, String errorType, String message) {
        return of(Kind.ERROR, status, Objects.requireNonNull(errorType), message);
    }

    /** EventBridge's throttle, which it says with status 400. */
    public static Answer rateExceeded() {
        return status(400, "ThrottlingException", "Rate exceeded");
    }

    /** A status and nothing else, as load balancers and front ends before a service give it. */
    public static Answer bare(int status) {
        return of(Kind.ERROR, status, null, null);
    }

    /** The function failed; the kind is {@code Handled} or {@code Unhandled}. */
    public static Answer functionError(String kind) {
        return functionError(kind, "{\"errorMessage\":\"Injected by the sandbox\",\"errorType\":\"Sandbox\"}");
    }

    public static Answer functionError(String kind, String json) {
        return of(Kind.FUNCTION_ERROR, 200, Objects.requireNonNull(kind), json);
    }

    public static Answer hang() {
        return of(Kind.HANG, 0, null, null);
    }

    public static Answer reset() {
        return of(Kind.RESET, 0, null, null);
    }

    public static Answer truncated() {
        return of(Kind.TRUNCATED, 200, null, null);
    }

    /** The same answer, given later. */
    public Answer after(Duration wait) {
        return new Answer(kind, status, errorType, body, retryAfter, wait);
    }

    /** The same answer with {@code Retry-After}, in whole seconds. */
    public Answer withRetryAfter(Duration wait) {
        return new Answer(kind, status, errorType, body, wait, delay);
    }

    /** Whether the caller may take the request as done. */
    boolean delivers() {
        return kind == Kind.OK;
    }

    private static Answer of(Kind kind, int status, String errorType, String body) {
        return new Answer(kind, status, errorType, body, null, Duration.ZERO);
    }
}
