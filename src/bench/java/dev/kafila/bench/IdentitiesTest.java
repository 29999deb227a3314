package dev.kafila.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
    private final Identities identities = new Identities();

    @Test
    void aRecordThatComesAgainIsADuplicate() {
        add("[{\"key\":\"3:17\"},{\"key\":\"4:17\"}]");
        add("[{\"key\":\"3:17\"}]");

        assertThat(identities.unique()).isEqualTo(2);
        assertThat(identities.duplicates()).isOne();
    }

    @Test
    void keysOfAnEventSourceMappingAreBase64() {
        add("{\"records\":{\"orders-3\":[{\"key\":\"MzoxNw==\"}]}}");
        add("[{\"key\":\"3:17\"}]");

        assertThat(identities.duplicates()).isOne();
    }

    @Test
    void keysOfEventsAreInTheirDetail() {
        add("{\"Entries\":[{\"Detail\":\"{\\\"key\\\":\\\"3:17\\\"}\"}]}");
        add("[{\"key\":\"3:17\"}]");

        assertThat(identities.duplicates()).isOne();
    }

    private void add(String request) {
        identities.add(request.getBytes(StandardCharsets.UTF_8));
    }
}
