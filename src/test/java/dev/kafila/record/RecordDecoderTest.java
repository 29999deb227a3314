package dev.kafila.record;

import static dev.kafila.record.TestRecords.record;
import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kafila.aws.AwsSettings;
import dev.kafila.record.RecordDecodeException.Side;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.storage.StringConverter;
import org.junit.jupiter.api.Test;

class RecordDecoderTest {
    private final CamelContext context = new DefaultCamelContext();

    @Test
    void stringsAreReadAsUtf8AndNullsStayNull() {
        KafkaRecord decoded = decoder("string", "string").read(record(7, null, "grüße"));

        assertThat(decoded.key().value()).isNull();
        assertThat(decoded.value().value()).isEqualTo("grüße");
        assertThat(decoded.value().schema()).isEqualTo(Schema.OPTIONAL_STRING_SCHEMA);
        assertThat(decoded.coordinates()).isEqualTo("orders-0@7");
    }

    @Test
    void bytesAreHandedOnAsTheyAre() {
        byte[] value = {0, -1, 127};

        KafkaRecord decoded = decoder("string", "bytes")
                .read(record(7, null, value, record(7, "", "").headers()));

        assertThat(decoded.value().value()).isSameAs(value);
        assertThat(decoded.value().schema()).isEqualTo(Schema.OPTIONAL_BYTES_SCHEMA);
    }

    @Test
    void theClassNameOfConnectsByteArrayConverterMeansBytes() {
        Converter converter = Converters.create(
                "org.apache.kafka.connect.converters.ByteArrayConverter",
                Map.of(),
                false,
                AwsSettings.SDK_DEFAULTS,
                context);

        assertThat(converter).isInstanceOf(BytesConverter.class);
    }

    @Test
    void aConverterIsFoundByItsClassAndConfigured() {
        Converter converter = Converters.create(
                StringConverter.class.getName(),
                Map.of("converter.encoding", "UTF-16BE"),
                false,
                AwsSettings.SDK_DEFAULTS,
                context);

        assertThat(converter.toConnectData("orders", new byte[] {0, 'a'}).value())
                .isEqualTo("a");
    }

    @Test
    void aConverterThatThrowsFailsItsRecordAndSaysWhichSideItWas() {
        RecordDecoder decoder = new RecordDecoder(new StringConverter(), new Refusing(), null);

        RecordDecodeException thrown =
                catchThrowableOfType(RecordDecodeException.class, () -> decoder.read(record(7, "k", "secret")));

        assertThat(thrown.side()).isEqualTo(Side.VALUE);
        assertThat(thrown.converter()).isEqualTo(Refusing.class.getName());
        assertThat(thrown).hasMessageContaining("orders-0@7").hasCauseInstanceOf(DataException.class);
        assertThat(thrown.getMessage()).doesNotContain("secret");
    }

    @Test
    void aConverterThatAsksToBeTriedAgainDoesNotFailTheRecord() {
        RecordDecoder decoder = new RecordDecoder(new Away(), null, null);

        assertThatThrownBy(() -> decoder.read(record(7, "k", "v")))
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("orders-0@7", "registry.example cannot be reached");
    }

    @Test
    void whatHasNoConverterIsNotDecoded() {
        KafkaRecord decoded = new RecordDecoder(null, null, null).read(record(7, "k", "v"));

        assertThat(decoded).isEqualTo(KafkaRecord.undecoded(decoded.source()));
    }

    @Test
    void headersKeepTheirOrderAndOneThatCannotBeReadFailsTheRecord() {
        ConsumerRecord<byte[], byte[]> record = record(7, "k", "v");
        record.headers().add("b", utf8("1")).add("a", utf8("2")).add("b", null);

        Headers read = new RecordDecoder(null, null, Converters.createForHeaders("string", Map.of(), context))
                .read(record)
                .headers();
        assertThat(read).extracting(Header::key).containsExactly("b", "a", "b");
        assertThat(read).extracting(Header::value).containsExactly("1", "2", null);

        HeaderConverter json = Converters.createForHeaders(JsonConverter.class.getName(), Map.of(), context);
        record.headers().add("c", utf8("{"));
        assertThatThrownBy(() -> new RecordDecoder(null, null, json).read(record))
                .isInstanceOfSatisfying(RecordDecodeException.class, thrown -> assertThat(thrown.side())
                        .isEqualTo(Side.HEADERS));
    }

    private RecordDecoder decoder(String key, String value) {
        return new RecordDecoder(
                Converters.create(key, Map.of(), true, AwsSettings.SDK_DEFAULTS, context),
                Converters.create(value, Map.of(), false, AwsSettings.SDK_DEFAULTS, context),
                null);
    }

    private static final class Away extends StringConverter {
        @Override
        public SchemaAndValue toConnectData(String topic, byte[] value) {
            throw new RetriableException("registry.example cannot be reached");
        }
    }

    private static final class Refusing implements Converter {
        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {}

        @Override
        public byte[] fromConnectData(String topic, Schema schema, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SchemaAndValue toConnectData(String topic, byte[] value) {
            throw new DataException("cannot read " + new String(value, StandardCharsets.UTF_8));
        }
    }
}
