package dev.kafila.schema;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** How a registry with Confluent's API is reached, by the names that Confluent's own converters have for it. */
final class ConfluentOptions {
    static final String URL = "schema.registry.url";

    private static final String BASIC = "basic.auth.credentials.source";
    private static final String BEARER = "bearer.auth.credentials.source";

    private static final String PREFIX = "schema.registry.";
    private static final String USER_INFO = "basic.auth.user.info";
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final String NO_ADDRESS =
            URL + ": an address is not one of a registry, such as https://registry.example:8081";

    private final ConverterOptions options;

    ConfluentOptions(ConverterOptions options) {
        this.options = options;
    }

    /** Null if no registry is named. Throws {@link IllegalArgumentException} with the name of an option that is not right. */
    ConfluentRegistry registry() {
        if (options.text(URL).isEmpty()) {
            return null;
        }
        List<RegistryAddress> addresses = new ArrayList<>();
        for (String url : options.text(URL).split(",", -1)) {
            if (!url.isBlank()) {
                addresses.add(address(url.strip()));
            }
        }
        return new ConfluentRegistry(new RegistryHttp(
                client(), addresses, Duration.ofMillis(options.number("http.read.timeout.ms", 30_000))));
    }

    private RegistryAddress address(String text) {
        URI uri = uri(text);
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        // What stands before the @ must not get into messages.
        URI plain = URI.create(uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath());
        return new RegistryAddress(plain, authorization(uri.getUserInfo()));
    }

    private static URI uri(String text) {
        try {
            URI uri = URI.create(text.replaceAll("/+$", ""));
            if (uri.getHost() != null && SCHEMES.contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Neither is the cause told: it quotes the text, and that may hold a password.
            throw new IllegalArgumentException(NO_ADDRESS);
        }
        throw new IllegalArgumentException(NO_ADDRESS);
    }

    private String authorization(String userInfo) {
        String bearer = options.text(BEARER);
        if (!bearer.isEmpty()) {
            options.oneOf(BEARER, "STATIC_TOKEN");
            return "Bearer " + options.required("bearer.auth.token");
        }
        String credentials =
                switch (options.oneOf(BASIC, "URL", "USER_INFO")) {
                    case "USER_INFO" -> userInfo();
                    default -> userInfo;
                };
        return credentials == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    /** The longer name is older, and still the one in many configurations. */
    private String userInfo() {
        String older = options.text(PREFIX + USER_INFO);
        return older.isEmpty() ? options.required(USER_INFO) : older;
    }

    private HttpClient client() {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(Duration.ofMillis(options.number("http.connect.timeout.ms", 10_000)));
        String proxy = options.text("proxy.host");
        if (proxy.isEmpty()) {
            client.proxy(ProxySelector.getDefault());
        } else {
            client.proxy(ProxySelector.of(new InetSocketAddress(proxy, options.number("proxy.port", 0))));
        }
        RegistryTls.contextOf(options).ifPresent(client::sslContext);
        return client.build();
    }
}
