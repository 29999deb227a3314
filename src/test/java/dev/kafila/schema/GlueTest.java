package dev.kafila.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.kafila.aws.AwsSettings;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SchemaRequest;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that AWS's own serializer wrote with the sandbox's registry. */
class GlueTest {
    private SandboxAws aws;

    @BeforeEach
    void start() {
        aws = SandboxAws.start();
        aws.schemas().create("users", "AVRO");
        aws.schemas().create("orders", "PROTOBUF");
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "ZLIB"})
    void whatItsSerializerWritesInAvroIsRead(String compression) throws Exception {
        byte[] record = GlueRecords.avro(aws, compression);

        SchemaAndValue read = converter(DataFormat.AVRO).toConnectData("users", record);

        assertThat(read.value()).hasToString("Struct{id=7,name=ann}");
        assertThat(read.schema().name()).isEqualTo("t.User");
        assertThat(SchemaMetadata.of(record, "avro").schemaId())
                .isEqualTo(aws.schemas()
                        .register("users", GlueRecords.USER.toString())
                        .orElseThrow()
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "ZLIB"})
    void whatItsSerializerWritesInProtobufIsRead(String compression) throws Exception {
        byte[] record = GlueRecords.protobuf(aws, compression);

        assertThat(converter(DataFormat.PROTOBUF)
                        .toConnectData("orders", record)
                        .value())
                .hasToString("Struct{id=5,name=zoe}");
    }

    @Test
    void theRegistryIsAskedOnceForASchemaAndWithTheCredentialsOfTheSettings() {
        byte[] record = glueRecord();
        SchemaConverter converter = converter(DataFormat.AVRO);

        converter.toConnectData("users", record);
        converter.toConnectData("users", record);

        assertThat(aws.schemas().received())
                .extracting(SchemaRequest::operation, SchemaRequest::signedBy)
                .containsExactly(tuple("GetSchemaVersion", "AKIDEXAMPLE"));
    }

    @Test
    void anUnknownIdIsTheRecordsFailureAndIsAskedForAgain() {
        SchemaConverter converter = converter(DataFormat.AVRO);
        byte[] unknown = Wire.glue(new byte[] {14});

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> converter.toConnectData("users", unknown))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(Wire.GLUE_ID.toString())
                    .hasMessageContaining("EntityNotFoundException");
        }
        assertThat(aws.schemas().count()).isEqualTo(2);
    }

    @Test
    void aRegistryThatThrottlesRefusesOrFailsIsNoFaultOfTheRecord() {
        SchemaConverter converter = converter(DataFormat.AVRO);
        byte[] record = glueRecord();
        aws.schemas()
                .answers(
                        Answer.status(400, "ThrottlingException"),
                        Answer.status(400, "AccessDeniedException"),
                        Answer.status(400, "ExpiredTokenException"),
                        Answer.status(500, "InternalServiceException"),
                        Answer.ok("{}"),
                        Answer.ok("<html>"),
                        Answer.truncated(),
                        Answer.reset());

        for (int i = 0; i < 8; i++) {
            assertThatThrownBy(() -> converter.toConnectData("users", record)).isInstanceOf(RetriableException.class);
        }
        aws.stop();
        assertThatThrownBy(() -> converter.toConnectData("users", record)).isInstanceOf(RetriableException.class);
        aws.restart();
        assertThat(converter.toConnectData("users", record).value()).hasToString("Struct{id=7,name=ann}");
    }

    @Test
    void aConverterOfAnotherFormatSaysSo() {
        assertThatThrownBy(() -> converter(DataFormat.JSON).toConnectData("users", glueRecord()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("AVRO");
    }

    /** As the serializer writes it, without waiting for the serializer. */
    private byte[] glueRecord() {
        UUID id = aws.schemas().register("users", GlueRecords.USER.toString()).orElseThrow();
        return ByteBuffer.allocate(23)
                .put(new byte[] {3, 0})
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(new byte[] {14, 6, 'a', 'n', 'n'})
                .array();
    }

    private SchemaConverter converter(DataFormat format) {
        AwsSettings settings = AwsSettings.of(Map.of(
                "region", "eu-west-1",
                "access-key-id", "AKIDEXAMPLE",
                "secret-access-key", "secret")::get);
        SchemaConverter converter = new SchemaConverter(format, settings);
        converter.configure(Map.of("endpoint", aws.endpoint().toString(), "region", "us-east-1"), false);
        return converter;
    }
}
