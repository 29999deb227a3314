package dev.kafila.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SchemaMetadataTest {
    private static final UUID GLUE_ID = UUID.fromString("b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63");

    @Test
    void theIdOfAConfluentRegistryIsANumber() {
        byte[] raw = {0, 0, 0, 1, 2, 9};

        assertThat(SchemaMetadata.of(raw, "avro")).isEqualTo(new SchemaMetadata(DataFormat.AVRO, "258"));
        assertThat(SchemaMetadata.of(raw, "json-schema")).isEqualTo(new SchemaMetadata(DataFormat.JSON, "258"));
    }

    @Test
    void theIdOfGlueIsAUuid() {
        byte[] raw = ByteBuffer.allocate(18)
                .put((byte) 3)
                .put((byte) 5)
                .putLong(GLUE_ID.getMostSignificantBits())
                .putLong(GLUE_ID.getLeastSignificantBits())
                .array();

        assertThat(SchemaMetadata.of(raw, "protobuf"))
                .isEqualTo(new SchemaMetadata(DataFormat.PROTOBUF, GLUE_ID.toString()));
    }

    @Test
    void theClassThatAnImportedConnectorNamesSaysTheSame() {
        byte[] raw = {0, 0, 0, 0, 7};

        assertThat(SchemaMetadata.of(raw, "io.confluent.connect.avro.AvroConverter"))
                .isEqualTo(new SchemaMetadata(DataFormat.AVRO, "7"));
    }

    @Test
    void nothingIsSaidOfOtherConvertersAndOfBytesWithoutAFrame() {
        assertThat(SchemaMetadata.of(new byte[] {0, 0, 0, 0, 7}, "string")).isNull();
        assertThat(SchemaMetadata.of(new byte[] {0, 0, 0, 7}, "avro")).isNull();
        assertThat(SchemaMetadata.of(new byte[] {'{', '}', ' ', ' ', ' '}, "avro"))
                .isNull();
        assertThat(SchemaMetadata.of(null, "avro")).isNull();
    }
}
