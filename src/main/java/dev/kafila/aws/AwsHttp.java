package dev.kafila.aws;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;

/** The HTTP side of every client: named here, so that the SDK does not search the class path for one. */
final class AwsHttp {

    /** A new connection over a slow link or a proxy takes longer than the SDK's two seconds. */
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** The call's own timeout is to fire first: it says what happened. The socket's is the net below it. */
    private static final Duration READ_MARGIN = Duration.ofSeconds(15);
    /** Half of what the SDK keeps idle connections for: a connection that AWS closes as we write is an ambiguous answer. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    private AwsHttp() {}

    /**
     * @param timeout     of one call; a function runs for up to 15 minutes, and its connection is silent for as long
     * @param connections that may be in use at the same time
     */
    static ApacheHttpClient.Builder client(AwsSettings settings, Duration timeout, int connections) {
        var builder = ApacheHttpClient.builder()
                .socketTimeout(timeout.plus(READ_MARGIN))
                .connectionTimeout(CONNECT)
                .connectionMaxIdleTime(IDLE)
                .maxConnections(connections)
                .tcpKeepAlive(true)
                .socketFactory(new KeepAliveSocketFactory())
                .expectContinueEnabled(false);
        if (settings.proxy() != null) {
            builder.proxyConfiguration(proxy(settings));
        }
        return builder;
    }

    /** The hosts that are reached directly stay the SDK's to find ({@code http.nonProxyHosts}, {@code NO_PROXY}). */
    private static ProxyConfiguration proxy(AwsSettings settings) {
        return ProxyConfiguration.builder()
                .endpoint(URI.create(settings.proxy()))
                .username(settings.proxyUser())
                .password(settings.proxyPassword())
                .preemptiveBasicAuthenticationEnabled(settings.proxyUser() != null)
                .build();
    }
}
