package dev.kafila.format;

import static dev.kafila.record.TestRecords.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.format.PayloadAssembler.Assembly;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordDecodeException;
import dev.kafila.record.RecordDecoder;
import dev.kafila.record.RecordReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.StringConverter;
import org.junit.jupiter.api.Test;

class PayloadAssemblerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FormatOptions OPTIONS = TestOptions.withHeaders(true);

    @Test
    void aPayloadIsCutBeforeTheRecordThatNoLongerFits() {
        List<ConsumerRecord<byte[], byte[]>> records = records("a", "b", "c");
        int exactlyTwo = assemble(plain(10_000), records.subList(0, 2), true).bytes();

        Result fits = assemble(plain(exactlyTwo), records, true);
        Result tooMuch = assemble(plain(exactlyTwo - 1), records, true);

        assertThat(fits.assembly().taken()).isEqualTo(2);
        assertThat(fits.bytes()).isEqualTo(exactlyTwo);
        assertThat(tooMuch.assembly().taken()).isEqualTo(1);
        assertThat(tooMuch.assembly().rejected()).isEmpty();
    }

    @Test
    void aRecordThatDoesNotFitAloneIsRejectedAndItsNeighboursGoOn() {
        String large = "x".repeat(2000);
        List<ConsumerRecord<byte[], byte[]>> records = records("a", large, "c");

        Assembly before = assemble(plain(1000), records, true).assembly();
        Assembly from = assemble(plain(1000), records.subList(1, 3), true).assembly();

        assertThat(before.taken()).isEqualTo(1);
        assertThat(before.rejected()).isEmpty();
        assertThat(from.taken()).isEqualTo(2);
        assertThat(from.included()).containsExactly(records.get(2));
        assertThat(from.rejected()).singleElement().satisfies(rejected -> {
            assertThat(rejected.record()).isSameAs(records.get(1));
            assertThat(rejected.reason()).isInstanceOf(RecordTooLargeException.class);
        });
    }

    @Test
    void aRecordThatCannotBeReadIsLeftOutAndWrittenNowhere() throws IOException {
        List<ConsumerRecord<byte[], byte[]>> records = records("a", "poison", "c");

        Result result = assemble(plain(10_000), records, true);

        assertThat(result.assembly().taken()).isEqualTo(3);
        assertThat(result.assembly().included()).containsExactly(records.get(0), records.get(2));
        assertThat(result.assembly().rejected())
                .extracting(RejectedRecord::reason)
                .hasOnlyElementsOfType(RecordDecodeException.class);
        assertThat(JSON.readTree(result.payload()).findValuesAsText("value")).containsExactly("a", "c");
    }

    @Test
    void aFilteredRecordIsCountedAndWrittenNowhere() throws IOException {
        List<ConsumerRecord<byte[], byte[]>> records = records("unwanted", "a", "unwanted", "c", "unwanted");

        Result many = assemble(plain(10_000), records, false);
        Result single =
                assemble(new PayloadAssembler(new PlainFormatter(OPTIONS), filtering(), false, 10_000), records, false);

        assertThat(many.assembly().taken()).isEqualTo(5);
        assertThat(many.assembly().filtered()).isEqualTo(3);
        assertThat(JSON.readTree(many.payload()).findValuesAsText("value")).containsExactly("a", "c");
        assertThat(single.assembly().taken()).isEqualTo(2);
        assertThat(single.assembly().filtered()).isEqualTo(1);
    }

    @Test
    void thePayloadEndsBeforeARecordThatCannotBeReadForNow() {
        List<ConsumerRecord<byte[], byte[]>> records = records("poison", "a", "later", "c");

        Assembly before = assemble(plain(10_000), records, true).assembly();
        Assembly from = assemble(plain(10_000), records.subList(2, 4), true).assembly();

        assertThat(before.taken()).isEqualTo(2);
        assertThat(before.included()).containsExactly(records.get(1));
        assertThat(before.rejected()).hasSize(1);
        assertThat(before.unavailable()).hasMessageContaining("orders-0@2");
        assertThat(from.taken()).isZero();
        assertThat(from.unavailable()).hasMessageContaining("registry is away");
    }

    @Test
    void withoutSkippingThePayloadEndsBeforeTheRecordThatCannotBeRead() {
        List<ConsumerRecord<byte[], byte[]>> records = records("a", "poison", "c");

        Assembly before = assemble(plain(10_000), records, false).assembly();
        Assembly from = assemble(plain(10_000), records.subList(1, 3), false).assembly();

        assertThat(before.included()).containsExactly(records.get(0));
        assertThat(before.rejected()).isEmpty();
        assertThat(from.taken()).isEqualTo(1);
        assertThat(from.included()).isEmpty();
        assertThat(from.rejected()).hasSize(1);
    }

    @Test
    void whatAFormatterHadWrittenBeforeItFailedIsTakenBack() throws IOException {
        RecordFormatter half = new HalfFailing();
        PayloadAssembler assembler = new PayloadAssembler(half, decoder(), true, 10_000);

        Result result = assemble(assembler, records("a", "fails", "c"), true);

        assertThat(new String(result.payload(), StandardCharsets.UTF_8)).isEqualTo("[\"a\",\"c\"]");
        assertThat(result.assembly().rejected())
                .extracting(RejectedRecord::reason)
                .hasOnlyElementsOfType(RecordFormatException.class);
    }

    @Test
    void anEmptyPayloadThatDoesNotFitIsAMistakeOfTheLimitAndOfNoRecord() {
        PayloadAssembler assembler = new PayloadAssembler(new EsmFormatter(OPTIONS), decoder(), true, 20);

        assertThatThrownBy(() -> assemble(assembler, records("a"), true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("20 bytes");
    }

    @Test
    void eachRecordIsFormattedOnceButForTheOneThatNoLongerFits() {
        Counting counting = new Counting(new PlainFormatter(OPTIONS));
        int three = assemble(plain(10_000), records("a", "b", "c"), true).bytes();
        PayloadAssembler assembler = new PayloadAssembler(counting, decoder(), true, three);

        List<ConsumerRecord<byte[], byte[]>> rest = records("a", "b", "c", "d", "e");
        while (!rest.isEmpty()) {
            rest = rest.subList(assemble(assembler, rest, true).assembly().taken(), rest.size());
        }

        assertThat(counting.written.get()).isEqualTo(6);
    }

    @Property(tries = 1000)
    void anyTextReadsBackAsItWas(@ForAll String text) throws IOException {
        PayloadBuffer out = new PayloadBuffer(16);

        out.string(text);

        assertThat(JSON.readTree(out.toByteArray()).textValue()).isEqualTo(text);
    }

    @Property
    void anyNumberReadsBackAsItWas(@ForAll long number) throws IOException {
        PayloadBuffer out = new PayloadBuffer(16);

        out.number(number);

        assertThat(JSON.readTree(out.toByteArray()).longValue()).isEqualTo(number);
    }

    @Test
    void aPairOfSurrogatesAcrossTwoChunksStaysOneCharacter() throws IOException {
        String text = "x".repeat(1023) + "🐪" + "y".repeat(1023) + "\ud83d";
        PayloadBuffer out = new PayloadBuffer(16);

        out.string(text);

        assertThat(JSON.readTree(out.toByteArray()).textValue()).isEqualTo(text);
    }

    private record Result(Assembly assembly, PayloadBuffer out) {
        int bytes() {
            return out.size();
        }

        byte[] payload() {
            return out.toByteArray();
        }
    }

    private static Result assemble(
            PayloadAssembler assembler, List<ConsumerRecord<byte[], byte[]>> records, boolean skipping) {
        PayloadBuffer out = new PayloadBuffer(16);
        Assembly assembly = assembler.assemble(records, skipping, out);
        return new Result(assembly, out);
    }

    private static PayloadAssembler plain(int limit) {
        return new PayloadAssembler(new PlainFormatter(OPTIONS), filtering(), true, limit);
    }

    private static RecordReader filtering() {
        RecordDecoder decoder = decoder();
        return record -> "unwanted".equals(text(record.value())) ? null : decoder.read(record);
    }

    private static RecordDecoder decoder() {
        Converter text = new StringConverter();
        text.configure(Map.of(), false);
        return new RecordDecoder(text, new PoisonedByText(), null);
    }

    private static final class PoisonedByText extends StringConverter {
        @Override
        public SchemaAndValue toConnectData(String topic, byte[] value) {
            String text = text(value);
            if ("poison".equals(text)) {
                throw new DataException("poisoned");
            }
            if ("later".equals(text)) {
                throw new RetriableException("registry is away");
            }
            return new SchemaAndValue(Schema.OPTIONAL_STRING_SCHEMA, text);
        }
    }

    private static String text(byte[] value) {
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    private static final class HalfFailing implements RecordFormatter {
        @Override
        public boolean decodes() {
            return true;
        }

        @Override
        public void begin(TopicPartition partition, PayloadBuffer out) {
            out.write('[');
        }

        @Override
        public void write(KafkaRecord record, PayloadBuffer out) {
            out.string(String.valueOf(record.value().value()));
            if ("fails".equals(record.value().value())) {
                throw new IllegalStateException("half-way");
            }
        }

        @Override
        public void end(PayloadBuffer out) {
            out.write(']');
        }
    }

    private record Counting(RecordFormatter formatter, AtomicInteger written) implements RecordFormatter {
        Counting(RecordFormatter formatter) {
            this(formatter, new AtomicInteger());
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
            written.incrementAndGet();
            formatter.write(record, out);
        }

        @Override
        public void end(PayloadBuffer out) {
            formatter.end(out);
        }
    }
}
