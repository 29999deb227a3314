package dev.kafila.faults.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.sandbox.EventEntry;
import dev.kafila.sandbox.Invocation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;

class RecordIdsTest {
    @Test
    void theRecordsOfAPlainPayloadAreThoseOfItsKeys() {
        String payload = "[{\"key\":\"3:17\",\"keySchemaName\":null,\"value\":\"{number=17}\"},{\"key\":\"3:18\"}]";

        assertThat(RecordIds.ofPlain(invocation(payload))).containsExactly(new RecordId(3, 17), new RecordId(3, 18));
    }

    @Test
    void theRecordsOfAnEventAreThoseOfItsDecodedKeys() {
        String payload = "{\"records\":{\"orders-3\":[{\"offset\":17,\"key\":\"MzoxNw==\",\"value\":\"e30=\"}]}}";

        assertThat(RecordIds.ofEvent(invocation(payload))).containsExactly(new RecordId(3, 17));
    }

    @Test
    void theRecordOfAnEntryIsThatOfItsKey() {
        String detail = "{\"topic\":\"orders\",\"headers\":[],\"key\":\"3:17\",\"value\":{\"number\":17}}";

        assertThat(RecordIds.of(new EventEntry("bus", "source", "type", detail, List.of(), null, null)))
                .isEqualTo(new RecordId(3, 17));
    }

    private static Invocation invocation(String payload) {
        return new Invocation(
                "f", null, "RequestResponse", SdkBytes.fromUtf8String(payload), Map.of(), null, Instant.EPOCH, "id");
    }
}
