package dev.kafila.format;

import static dev.kafila.record.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kafila.format.PayloadAssembler.Assembly;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.connect.data.SchemaAndValue;

/** What holds for any records, any limit and every form, one record or many in a payload. */
class PayloadPropertiesTest {

    @Property(tries = 500)
    void payloadsPartitionTheRecordsInOrderWithinTheLimitAndReadBack(
            @ForAll("anyRecords") List<KafkaRecord> records,
            @ForAll PayloadForm form,
            @ForAll boolean batch,
            @ForAll @IntRange(min = 150, max = 3000) int limit)
            throws IOException {
        Counting formatter = new Counting(form.formatter(batch));
        PayloadAssembler assembler = new PayloadAssembler(formatter, reader(records), batch, limit);
        PayloadBuffer out = new PayloadBuffer(16);

        int done = 0;
        int payloads = 0;
        while (done < records.size()) {
            List<KafkaRecord> rest = records.subList(done, records.size());
            Assembly assembly = assembler.assemble(sources(rest), true, out);

            List<KafkaRecord> included = included(rest, assembly);
            assertThat(assembly.taken())
                    .isEqualTo(included.size() + assembly.rejected().size());
            assertThat(included.size()).isLessThanOrEqualTo(batch ? rest.size() : 1);
            assertThat(assembly.rejected()).allSatisfy(rejected -> assertTooLarge(rejected, form, batch, rest, limit));
            if (!included.isEmpty()) {
                assertThat(out.size()).isLessThanOrEqualTo(limit);
                assertThat(out.toByteArray()).isEqualTo(payload(form.formatter(batch), included));
                assertReadsBack(included, form.records(out.toByteArray(), batch), form);
            }
            if (batch && assembly.taken() < rest.size()) {
                included.add(rest.get(assembly.taken()));
                assertThat(payload(form.formatter(true), included).length).isGreaterThan(limit);
            }
            done += assembly.taken();
            payloads++;
        }

        // Once each, and once more the one that each payload but the last had no room for.
        assertThat(formatter.written).isBetween(records.size(), records.size() + payloads - 1);
    }

    private static void assertReadsBack(List<KafkaRecord> included, List<JsonNode> read, PayloadForm form) {
        assertThat(read).hasSameSizeAs(included);
        for (int i = 0; i < read.size(); i++) {
            if (form != PayloadForm.RAW) {
                assertThat(read.get(i).get("offset").longValue())
                        .isEqualTo(included.get(i).source().offset());
            }
            assertThat(form.readValue(read.get(i))).isEqualTo(form.value(included.get(i)));
        }
    }

    private static void assertTooLarge(
            RejectedRecord rejected, PayloadForm form, boolean batch, List<KafkaRecord> records, int limit) {
        assertThat(rejected.reason()).isInstanceOf(RecordTooLargeException.class);
        KafkaRecord record = records.stream()
                .filter(candidate -> candidate.source() == rejected.record())
                .findAny()
                .orElseThrow();
        assertThat(payload(form.formatter(batch), List.of(record)).length).isGreaterThan(limit);
    }

    private static List<KafkaRecord> included(List<KafkaRecord> records, Assembly assembly) {
        List<KafkaRecord> included = new ArrayList<>();
        for (KafkaRecord record : records) {
            if (included.size() < assembly.included().size()
                    && assembly.included().get(included.size()) == record.source()) {
                included.add(record);
            }
        }
        assertThat(included).hasSameSizeAs(assembly.included());
        return included;
    }

    /** Without any limit. */
    private static byte[] payload(RecordFormatter formatter, List<KafkaRecord> records) {
        PayloadBuffer out = new PayloadBuffer(16);
        formatter.begin(new TopicPartition("orders", 0), out);
        for (int i = 0; i < records.size(); i++) {
            if (i > 0) {
                formatter.separate(out);
            }
            formatter.write(records.get(i), out);
        }
        formatter.end(out);
        return out.toByteArray();
    }

    private static RecordReader reader(List<KafkaRecord> records) {
        return source -> records.get((int) source.offset());
    }

    private static List<ConsumerRecord<byte[], byte[]>> sources(List<KafkaRecord> records) {
        return records.stream().map(KafkaRecord::source).toList();
    }

    @Provide
    Arbitrary<List<KafkaRecord>> anyRecords() {
        Arbitrary<SchemaAndValue> data = Arbitraries.oneOf(
                ConnectArbitraries.withSchema(),
                ConnectArbitraries.withoutSchema().map(value -> new SchemaAndValue(null, value)));
        Arbitrary<byte[]> bytes = ConnectArbitraries.bytes().injectNull(0.1);
        return Combinators.combine(bytes, bytes, data, data)
                .as((rawKey, rawValue, key, value) ->
                        new KafkaRecord(record(0, rawKey, rawValue, new RecordHeaders()), key, value))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(PayloadPropertiesTest::numbered);
    }

    private static List<KafkaRecord> numbered(List<KafkaRecord> records) {
        List<KafkaRecord> numbered = new ArrayList<>();
        for (KafkaRecord record : records) {
            ConsumerRecord<byte[], byte[]> source = record.source();
            numbered.add(new KafkaRecord(
                    record(numbered.size(), source.key(), source.value(), source.headers()),
                    record.key(),
                    record.value()));
        }
        return numbered;
    }

    private static final class Counting implements RecordFormatter {
        private final RecordFormatter formatter;
        private int written;

        Counting(RecordFormatter formatter) {
            this.formatter = formatter;
        }

        @Override
        public boolean decodes() {
            return formatter.decodes();
        }

        @Override
        public void begin(TopicPartition partition, PayloadBuffer out) {
            formatter.begin(partition, out);
        }

        @Override
        public void write(KafkaRecord record, PayloadBuffer out) {
            written++;
            formatter.write(record, out);
        }

        @Override
        public void end(PayloadBuffer out) {
            formatter.end(out);
        }
    }
}
