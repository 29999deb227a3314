package dev.kafila.gateway.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kafila.gateway.publish.IdempotencyKeys.Claim;
import dev.kafila.gateway.request.PublishRequest;
import dev.kafila.gateway.request.RequestException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class IdempotencyKeysTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final IdempotencyKeys keys = new IdempotencyKeys(Duration.ofMinutes(1), 3, nanos::get);

    @Test
    void whatWasPublishedIsKnownUntilItsWindowIsOver() throws Exception {
        publish("a");
        pass(Duration.ofSeconds(59));
        assertThat(keys.claim(request("a", 1)).repeated()).isTrue();

        pass(Duration.ofSeconds(1));
        assertThat(keys.claim(request("a", 1)).repeated()).isFalse();
    }

    @Test
    void theWindowBeginsWithThePublicationAndNotWithTheRequest() throws Exception {
        Claim first = keys.claim(request("a", 1));
        pass(Duration.ofMinutes(10));
        assertThat(keys.claim(request("a", 1)).repeated()).isTrue();
        first.publication().written(place());
        pass(Duration.ofSeconds(59));

        assertThat(keys.claim(request("a", 1)).repeated()).isTrue();
    }

    @Test
    void theOldestGoFirstWhenThereAreTooMany() throws Exception {
        for (String key : new String[] {"a", "b", "c", "d"}) {
            publish(key);
        }

        assertThat(keys.claim(request("b", 1)).repeated()).isTrue();
        assertThat(keys.claim(request("d", 1)).repeated()).isTrue();
        assertThat(keys.claim(request("a", 1)).repeated()).isFalse();
    }

    @Test
    void whatFailedMayBeTriedAgainAsSoonAsSomebodyKnows() throws Exception {
        Claim first = keys.claim(request("a", 1));
        StringBuilder seen = new StringBuilder();
        first.place().exceptionally(problem -> {
            try {
                seen.append(keys.claim(request("a", 1)).repeated());
            } catch (RequestException e) {
                seen.append(e);
            }
            return null;
        });

        first.publication().failed(new PublishFailedException("no"));

        assertThat(seen).hasToString("false");
    }

    @Test
    void aKeyStandsForOneRequestWhateverTheOrderOfItsMembers() throws Exception {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("x", 1).put("y", 2);
        ObjectNode turned = JsonNodeFactory.instance.objectNode().put("y", 2).put("x", 1);
        keys.claim(new PublishRequest("t", body, "k", Map.of(), "a", null));

        assertThat(keys.claim(new PublishRequest("t", turned, "k", Map.of(), "a", true))
                        .repeated())
                .isTrue();
        refuses(new PublishRequest("t", body, null, Map.of(), "a", null));
        refuses(new PublishRequest("t", body, "k", new LinkedHashMap<>(Map.of("h", "1")), "a", null));
        refuses(new PublishRequest("t", body.deepCopy().put("x", 3), "k", Map.of(), "a", null));
        assertThat(keys.claim(new PublishRequest("other", body, "k", Map.of(), "a", null))
                        .repeated())
                .isFalse();
    }

    @Test
    void withoutAWindowEveryRequestIsPublished() throws Exception {
        IdempotencyKeys off = new IdempotencyKeys(Duration.ZERO, 3, nanos::get);
        off.claim(request("a", 1)).publication().written(place());

        assertThat(off.claim(request("a", 2)).repeated()).isFalse();
    }

    private void refuses(PublishRequest request) {
        assertThatThrownBy(() -> keys.claim(request))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("idempotencyKey")
                .extracting(refusal -> ((RequestException) refusal).status())
                .isEqualTo(422);
    }

    private void publish(String key) throws RequestException {
        keys.claim(request(key, 1)).publication().written(place());
        pass(Duration.ofNanos(1));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static RecordMetadata place() {
        return new RecordMetadata(new TopicPartition("t", 0), 0, 0, 0, 0, 0);
    }

    private static PublishRequest request(String key, int id) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("id", id);
        return new PublishRequest("t", body, null, Map.of(), key, null);
    }
}
