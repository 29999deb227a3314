package dev.kafila.sandbox;

import io.vertx.core.buffer.Buffer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;

/** PutObject, GetObject, HeadObject and HeadBucket of S3, with the bucket in the path. */
final class S3Protocol {
    private static final String SERVICE = "s3";
    private static final Pattern PATH = Pattern.compile("/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.+)?)?");
    private static final int KEY_LIMIT = 1024;

    private final SandboxBuckets buckets;

    S3Protocol(SandboxBuckets buckets) {
        this.buckets = buckets;
    }

    /** Nothing else that the sandbox speaks has these methods, and a signature names its service. */
    static boolean speaks(AwsRequest request) {
        return request.method().equals("PUT")
                || request.method().equals("HEAD")
                || Signature.of(request)
                        .map(signature -> signature.service().equals(SERVICE))
                        .orElse(false);
    }

    AwsReply handle(AwsRequest request) {
        if (Signature.refusal(request, SERVICE).isPresent()) {
            return error(request, Answer.status(403, "AccessDenied", "Access Denied"), () -> {});
        }
        Matcher path = PATH.matcher(URLDecoder.decode(request.path().replace("+", "%2B"), StandardCharsets.UTF_8));
        if (!path.matches()) {
            return error(
                    request, Answer.status(400, "InvalidBucketName", "The specified bucket is not valid."), () -> {});
        }
        String bucket = path.group(1);
        if (!buckets.has(bucket)) {
            return error(request, Answer.status(404, "NoSuchBucket", "The specified bucket does not exist"), () -> {});
        }
        String key = path.group(2);
        return switch (request.method()) {
            case "PUT" -> key == null ? unknown(request) : put(request, bucket, key);
            case "HEAD" -> key == null ? headBucket(request) : get(request, bucket, key);
            case "GET" -> key == null ? unknown(request) : get(request, bucket, key);
            default -> unknown(request);
        };
    }

    private AwsReply put(AwsRequest request, String bucket, String key) {
        Map<String, String> headers = new HashMap<>(request.headers());
        byte[] content = request.body().asByteArrayUnsafe();
        if (headers.getOrDefault("x-amz-content-sha256", "").startsWith("STREAMING-")) {
            try {
                AwsChunks chunks = AwsChunks.decode(content);
                content = chunks.content().asByteArrayUnsafe();
                headers.putAll(chunks.trailers());
            } catch (IllegalArgumentException e) {
                return error(request, Answer.status(400, "IncompleteBody", e.getMessage()), () -> {});
            }
        }
        ObjectPut put = new ObjectPut(
                bucket, key, object(content, headers), Signature.of(request).orElse(null), Instant.now());
        Answer answer = refusal(key, content, headers)
                .map(refused -> buckets.refuse(put, refused))
                .orElseGet(() -> buckets.receive(put));
        if (answer.kind() == Answer.Kind.ERROR) {
            return error(request, answer, buckets::answered);
        }
        // A connection that breaks says nothing about the object: here it was not stored.
        if (answer.delivers()) {
            buckets.store(put);
        }
        Map<String, String> answered = headers();
        answered.put("ETag", put.object().eTag());
        answered.putAll(put.object().checksums());
        return new AwsReply(answer, 200, answered, null, buckets::answered);
    }

    private static StoredObject object(byte[] content, Map<String, String> headers) {
        Map<String, String> checksums = headers.entrySet().stream()
                .filter(header -> header.getKey().startsWith(ObjectChecks.CHECKSUM))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new StoredObject(
                SdkBytes.fromByteArrayUnsafe(content),
                headers.getOrDefault("content-type", "binary/octet-stream"),
                ObjectChecks.eTag(content),
                checksums);
    }

    private static Optional<Answer> refusal(String key, byte[] content, Map<String, String> headers) {
        return key.getBytes(StandardCharsets.UTF_8).length > KEY_LIMIT
                ? Optional.of(Answer.status(400, "KeyTooLongError", "Your key is too long"))
                : ObjectChecks.refusal(content, headers);
    }

    private AwsReply headBucket(AwsRequest request) {
        Answer answer = buckets.headBucket();
        if (answer.kind() == Answer.Kind.ERROR) {
            return error(request, answer, () -> {});
        }
        Map<String, String> headers = headers();
        headers.put("x-amz-bucket-region", Signature.of(request).orElseThrow().region());
        return new AwsReply(answer, 200, headers, null, () -> {});
    }

    private AwsReply get(AwsRequest request, String bucket, String key) {
        Optional<StoredObject> found = buckets.object(bucket, key);
        if (found.isEmpty()) {
            return error(request, Answer.status(404, "NoSuchKey", "The specified key does not exist."), () -> {});
        }
        StoredObject object = found.get();
        Map<String, String> headers = headers();
        headers.put("Content-Type", object.contentType());
        headers.put("ETag", object.eTag());
        headers.putAll(object.checksums());
        byte[] content = object.content().asByteArrayUnsafe();
        if (request.method().equals("HEAD")) {
            headers.put("Content-Length", String.valueOf(content.length));
            return new AwsReply(Answer.ok(), 200, headers, null, () -> {});
        }
        return new AwsReply(Answer.ok(), 200, headers, () -> {}, Buffer.buffer(content));
    }

    private static AwsReply unknown(AwsRequest request) {
        return error(request, Answer.status(501, "NotImplemented", "The sandbox does not know it"), () -> {});
    }

    /** The answer to HEAD has no body, and so no code. */
    private static AwsReply error(AwsRequest request, Answer answer, Runnable finished) {
        Map<String, String> headers = headers();
        if (answer.retryAfter() != null) {
            headers.put("Retry-After", String.valueOf(answer.retryAfter().toSeconds()));
        }
        if (request.method().equals("HEAD")) {
            return new AwsReply(answer, answer.status(), headers, null, finished);
        }
        headers.put("Content-Type", "application/xml");
        String text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message></Error>"
                .formatted(QueryProtocol.escaped(answer.errorType()), QueryProtocol.escaped(answer.body()));
        return new AwsReply(answer, answer.status(), headers, text, finished);
    }

    private static Map<String, String> headers() {
        String id = UUID.randomUUID().toString();
        return new TreeMap<>(Map.of("x-amz-request-id", id, "x-amz-id-2", id));
    }
}
