package dev.kafila.lambda;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * Invokes through another client and puts a replacement character where an answer is not UTF-8. Camel fails to read such an answer, which
 * would make a broken connection of a delivery. And of an answer Camel hands on what it has headers for: whoever wants more sends a place
 * for the {@link #WHOLE} along.
 */
final class ReadableAnswers implements LambdaClient {
    /** Of a request: where its answer is left as it came. */
    static final ExecutionAttribute<AtomicReference<InvokeResponse>> WHOLE =
            new ExecutionAttribute<>("kafilaWholeAnswer");

    private final LambdaClient client;

    /** The client stays its owner's to close. */
    ReadableAnswers(LambdaClient client) {
        this.client = client;
    }

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        InvokeResponse response = client.invoke(request);
        request.overrideConfiguration()
                .map(with -> with.executionAttributes().getAttribute(WHOLE))
                .ifPresent(whole -> whole.set(response));
        byte[] payload = response.payload().asByteArrayUnsafe();
        if (isUtf8(payload)) {
            return response;
        }
        String readable = new String(payload, StandardCharsets.UTF_8);
        return response.toBuilder().payload(SdkBytes.fromUtf8String(readable)).build();
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            // Unlike new String(), a fresh decoder reports what is not UTF-8.
            var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Override
    public String serviceName() {
        return client.serviceName();
    }

    @Override
    public void close() {}
}
