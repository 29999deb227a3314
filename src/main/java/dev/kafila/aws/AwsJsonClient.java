package dev.kafila.aws;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.IoUtils;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Calls a service that speaks AWS's JSON protocol 1.1, with the SDK's credentials, signature and HTTP client: for services of which one
 * operation does not justify the SDK's whole client. One call is one request.
 */
public final class AwsJsonClient implements AutoCloseable {
    private static final String CONTENT_TYPE = "application/x-amz-json-1.1";
    private static final String ERROR_TYPE = "x-amzn-ErrorType";

    private final String service;
    private final Region region;
    private final URI endpoint;
    private final AwsCredentialsProvider credentials;
    private final SdkHttpClient http;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    AwsJsonClient(String service, Region region, URI endpoint, AwsCredentialsProvider credentials, SdkHttpClient http) {
        this.service = service;
        this.region = region;
        this.endpoint = endpoint;
        this.credentials = credentials;
        this.http = http;
    }

    /**
     * What a service answered.
     *
     * @param errorType of the header for it; "" if there is none, and then the body may name it as {@code __type}
     */
    public record Answer(int status, String errorType, String body) {}

    /** Where the service is, for messages. */
    public URI endpoint() {
        return endpoint;
    }

    /**
     * Calls an operation.
     *
     * @param target as in {@code AWSGlue.GetSchemaVersion}
     * @param json   the request
     * @throws IOException                                          if there is no answer
     * @throws software.amazon.awssdk.core.exception.SdkException if there are no credentials
     */
    public Answer call(String target, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .putHeader("Content-Type", CONTENT_TYPE)
                .putHeader("Content-Length", String.valueOf(body.length))
                .putHeader("X-Amz-Target", target)
                .build();
        SignedRequest signed = signer.sign(sign -> sign.identity(credentials.resolveCredentials())
                .request(request)
                .payload(ContentStreamProvider.fromByteArrayUnsafe(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
        return answer(http.prepareRequest(HttpExecuteRequest.builder()
                        .request(signed.request())
                        .contentStreamProvider(signed.payload().orElseThrow())
                        .build())
                .call());
    }

    private static Answer answer(HttpExecuteResponse response) throws IOException {
        String body = "";
        if (response.responseBody().isPresent()) {
            try (AbortableInputStream in = response.responseBody().get()) {
                body = IoUtils.toUtf8String(in);
            }
        }
        return new Answer(
                response.httpResponse().statusCode(),
                response.httpResponse().firstMatchingHeader(ERROR_TYPE).orElse(""),
                body);
    }

    @Override
    public void close() {
        http.close();
        if (credentials instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
