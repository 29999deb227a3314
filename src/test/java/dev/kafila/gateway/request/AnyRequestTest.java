package dev.kafila.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Whatever comes in, it is requests or it is refused. */
class AnyRequestTest {
    private static final List<String> PARTS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\ud83d",
            "\\ude00",
            "\u00e9",
            "\ud83d\ude00",
            "null",
            "true",
            "-0",
            "1e5",
            "1e999999999",
            "7",
            "\"topicName\":\"orders\"",
            "\"body\":{\"id\":1}",
            "\"key\":\"k\"",
            "\"headers\":{\"a\":\"b\"}",
            "\"idempotencyKey\":\"i\"",
            "\"verbose\":true",
            " ",
            "\n",
            "\ufeff",
            "\0",
            "[".repeat(251));

    /** Jackson's own reading of whole trees, as a second opinion. */
    private static final JsonMapper JACKSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final RequestReader reader = new RequestReader(List.of("orders"), 3);

    @Provide
    Arbitrary<byte[]> requests() {
        return Arbitraries.randomValue(random -> ChangedText.of(request(random), PARTS, random));
    }

    @Property(tries = 5000)
    void everyRequestIsReadOrRefused(@ForAll("requests") byte[] bytes) throws IOException {
        try {
            Requests requests = reader.read(bytes);

            JsonNode whole = JACKSON.readTree(new String(bytes, StandardCharsets.UTF_8));
            assertThat(requests.batch()).isEqualTo(whole.isArray());
            for (int i = 0; i < requests.items().size(); i++) {
                check(requests.items().get(i), requests.batch() ? whole.get(i) : whole);
            }
        } catch (RequestException refusal) {
            assertThat(refusal.status()).isEqualTo(400);
            assertThat(refusal.getMessage()).startsWith("The request ").doesNotContain("orders");
        }
    }

    @Property(tries = 1000)
    void anyBytesAreRefused(@ForAll @Size(max = 20) byte[] bytes) {
        try {
            assertThat(reader.read(bytes).items())
                    .allMatch(item -> item.refusal().status() == 400);
        } catch (RequestException refusal) {
            assertThat(refusal.status()).isEqualTo(400);
        }
    }

    private static void check(Requests.Item item, JsonNode json) throws IOException {
        PublishRequest request = item.request();
        if (request == null) {
            assertThat(item.refusal().status()).isEqualTo(400);
            return;
        }
        assertThat(request.topic()).isEqualTo("orders");
        assertThat(request.key()).isEqualTo(json.path("key").textValue());
        assertThat(request.headers()).hasSameSizeAs(json.path("headers").properties());
        assertThat(JACKSON.readTree(request.body().toString())).isEqualTo(json.get("body"));
        Stream.concat(Stream.of(request.body().toString(), String.valueOf(request.key())), texts(request))
                .forEach(text -> assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text))
                        .isTrue());
    }

    private static Stream<String> texts(PublishRequest request) {
        return request.headers().entrySet().stream().flatMap(header -> Stream.of(header.getKey(), header.getValue()));
    }

    private static String request(Random random) {
        List<String> members = PARTS.stream()
                .filter(part -> part.startsWith("\"") && part.contains(":") && random.nextInt(8) > 0)
                .toList();
        String one = "{" + String.join(",", members) + "}";
        return random.nextInt(3) == 0 ? "[" + one + ", {}" + "," + one + "]" : one;
    }
}
