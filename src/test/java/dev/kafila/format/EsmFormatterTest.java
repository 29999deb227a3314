package dev.kafila.format;

import static dev.kafila.record.TestRecords.record;
import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.format.FormatOptions.Input;
import dev.kafila.record.KafkaRecord;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.junit.jupiter.api.Test;

/** What {@code esm} does with records that were decoded or transformed; their bytes are {@link GoldenFormsTest}'s. */
class EsmFormatterTest {
    private static final SchemaAndValue ORDER = new SchemaAndValue(null, Map.of("id", 7L));

    /** As Confluent's serializers write them: a zero, the id of the schema, the data. */
    private static final byte[] FRAMED = {0, 0, 0, 1, 2, 42};

    @Test
    void recordsNameTheSchemasThatTheyWereWrittenWith() throws IOException {
        KafkaRecord record = new KafkaRecord(record(7, FRAMED, FRAMED, new RecordHeaders()), ORDER, ORDER);

        JsonNode json = write(new Input("protobuf", "avro", true), record);

        assertThat(json.get("value").binaryValue()).isEqualTo(utf8("{\"id\":7}"));
        assertThat(json.get("keySchemaMetadata")).hasToString("{\"dataFormat\":\"PROTOBUF\",\"schemaId\":\"258\"}");
        assertThat(json.get("valueSchemaMetadata")).hasToString("{\"dataFormat\":\"AVRO\",\"schemaId\":\"258\"}");
    }

    @Test
    void whatWasWrittenWithoutASchemaNamesNone() throws IOException {
        KafkaRecord tombstone =
                new KafkaRecord(record(7, FRAMED, null, new RecordHeaders()), ORDER, SchemaAndValue.NULL);

        JsonNode json = write(new Input("json", "avro", true), tombstone);

        assertThat(json.get("value").isNull()).isTrue();
        assertThat(json.has("keySchemaMetadata")).isFalse();
        assertThat(json.has("valueSchemaMetadata")).isFalse();
    }

    /** A filter may have decoded what it looks at. */
    @Test
    void recordsThatArePassedOnAsBytesAreThoseOfTheBroker() throws IOException {
        RecordHeaders headers = new RecordHeaders();
        headers.add("attempt", utf8("01"));
        ConsumerRecord<byte[], byte[]> source = record(7, utf8("{ }"), utf8("{\"id\": 7}"), headers);
        KafkaRecord filtered =
                new KafkaRecord(source, "orders", 0, 1, ORDER, ORDER, new ConnectHeaders().addInt("attempt", 1));

        JsonNode json = write(TestOptions.TEXT, filtered);

        assertThat(json.get("key").binaryValue()).isEqualTo(source.key());
        assertThat(json.get("value").binaryValue()).isEqualTo(source.value());
        assertThat(json.get("headers")).hasToString("[{\"attempt\":[48,49]}]");
    }

    @Test
    void anEventIsNamedAfterThePartitionInKafkaAndItsRecordsAfterWhatATransformMadeOfThem() throws IOException {
        ConsumerRecord<byte[], byte[]> source = record(7, "k", "v");
        KafkaRecord here = new KafkaRecord(source, ORDER, ORDER);
        KafkaRecord moved = new KafkaRecord(source, "orders-eu", 3, 5, ORDER, ORDER, new ConnectHeaders());
        RecordFormatter formatter = new EsmFormatter(TestOptions.options(true, TestOptions.DECODED));
        PayloadBuffer out = new PayloadBuffer(16);

        formatter.begin(new TopicPartition("orders", 0), out);
        formatter.write(here, out);
        formatter.separate(out);
        formatter.write(moved, out);
        formatter.end(out);

        JsonNode records = new ObjectMapper().readTree(out.toByteArray()).get("records");
        assertThat(records.fieldNames()).toIterable().containsExactly("orders-0");
        assertThat(records.findValuesAsText("topic")).isEqualTo(List.of("orders", "orders-eu"));
        assertThat(records.findValuesAsText("partition")).isEqualTo(List.of("0", "3"));
        assertThat(records.findValuesAsText("offset")).isEqualTo(List.of("7", "7"));
        assertThat(records.findValuesAsText("timestamp").get(1)).isEqualTo("5");
    }

    private static JsonNode write(Input input, KafkaRecord record) throws IOException {
        PayloadBuffer out = new PayloadBuffer(16);
        new EsmFormatter(TestOptions.options(true, input)).write(record, out);
        return new ObjectMapper().readTree(out.toByteArray());
    }
}
