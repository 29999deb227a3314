package dev.kafila.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RecordScanTest {
    private static final String RECORD =
            "{\"key\":\"0:1\",\"value\":\"}\\\"{\\\\\",\"headers\":[{\"a\":[1]}],\"more\":{}}";

    @Test
    void countsTheElementsOfAnArray() {
        assertThat(scan("[" + RECORD + "," + RECORD + "]").payloadRecords()).isEqualTo(2);
    }

    @Test
    void countsTheRecordsOfAnEventSourceMapping() {
        String event = "{\"eventSource\":\"SelfManagedKafka\",\"records\":{\"orders-0\":[" + RECORD + "],\"orders-1\":["
                + RECORD + "]}}";

        assertThat(scan(event).payloadRecords()).isEqualTo(2);
    }

    @Test
    void countsTheEntriesOfARequestOfEventBridge() {
        String entry = "{\"Detail\":\"{\\\"value\\\":{}}\",\"Resources\":[\"{\"]}";

        assertThat(scan("{\"Entries\":[" + entry + "," + entry + "," + entry + "]}")
                        .entries())
                .isEqualTo(3);
    }

    @Property
    void bytesMayComeInAnyPieces(@ForAll @IntRange(min = 1, max = 200) int size) {
        byte[] request = bytes("[" + RECORD + "," + RECORD + "]");
        RecordScan scan = new RecordScan();
        for (int from = 0; from < request.length; from += size) {
            scan.accept(Arrays.copyOfRange(request, from, Math.min(from + size, request.length)));
        }

        assertThat(scan.payloadRecords()).isEqualTo(2);
    }

    private static RecordScan scan(String request) {
        RecordScan scan = new RecordScan();
        scan.accept(bytes(request));
        return scan;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
