package dev.kafila.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.StringValue;
import com.google.protobuf.Timestamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

/** Payloads that are written field by field, and the shape that Confluent's converter is documented to give them. */
class ProtobufReaderTest {
    private static final byte[] FIRST_MESSAGE = {0};
    private static final ProtobufOptions DEFAULTS = ProtobufOptions.of(new ConverterOptions(Map.of()));

    @Test
    void scalarsAreReadWithTheirRangeAndAbsentOnesAreTheirDefault() {
        String proto = """
                syntax = "proto3"; package p;
                message M { int32 i = 1; sint32 si = 2; fixed32 f = 3; uint32 u = 4; sint64 l = 5; uint64 ul = 6; float fl = 7;
                  double d = 8; bool b = 9; string s = 10; bytes y = 11; int32 absent = 12; string nothing = 13; }""";

        Struct read = struct(proto, bytes(out -> {
            out.writeInt32(1, -1);
            out.writeSInt32(2, -2);
            out.writeFixed32(3, -1);
            out.writeUInt32(4, -1);
            out.writeSInt64(5, Long.MIN_VALUE);
            out.writeUInt64(6, Long.MAX_VALUE);
            out.writeFloat(7, 1.5f);
            out.writeDouble(8, Math.PI);
            out.writeBool(9, true);
            out.writeString(10, "é");
            out.writeBytes(11, ByteString.copyFrom(new byte[] {1, 2}));
        }));

        assertThat(values(read))
                .containsExactly(
                        -1,
                        -2,
                        4_294_967_295L,
                        4_294_967_295L,
                        Long.MIN_VALUE,
                        Long.MAX_VALUE,
                        1.5f,
                        Math.PI,
                        true,
                        "é",
                        ByteBuffer.wrap(new byte[] {1, 2}),
                        0,
                        "");
        assertThat(read.schema().name()).isEqualTo("M");
        assertThat(read.schema().field("u").schema().parameters())
                .isEqualTo(Map.of(
                        "io.confluent.connect.protobuf.Type", "uint32", "io.confluent.connect.protobuf.Tag", "4"));
        assertThat(read.schema().fields()).allMatch(field -> field.schema().isOptional());
    }

    @Test
    void anUnsignedNumberBeyondInt64IsTheRecordsFailureAndDoesNotTurnNegative() {
        String proto = "syntax = \"proto3\"; message M { uint64 u = 1; }";

        assertThatThrownBy(() -> struct(proto, bytes(out -> out.writeUInt64(1, -1))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("M.u");
    }

    @Test
    void fieldsWithPresenceAreNullWhenTheyAreAbsent() {
        Struct three = struct(
                "syntax = \"proto3\"; message M { optional int32 a = 1; optional string b = 2; int32 c = 3; M m = 4; }",
                bytes(out -> out.writeInt32(1, 0)));
        Struct two = struct(
                "syntax = \"proto2\"; message M { optional int32 a = 1; optional string b = 2; required int32 c = 3; }",
                bytes(out -> {
                    out.writeInt32(1, 0);
                    out.writeInt32(3, 7);
                }));

        assertThat(values(three)).containsExactly(0, null, 0, null);
        assertThat(values(two)).containsExactly(0, null, 7);
    }

    @Test
    void whichMemberOfAOneofIsSetStandsInAStructOfItsOwn() {
        String proto = """
                syntax = "proto3";
                message M { int32 id = 1; oneof which { string s = 2; int64 l = 3; M m = 4; } oneof other { bool b = 5; } }""";

        Struct read = struct(proto, bytes(out -> {
            out.writeInt64(3, 0);
            out.writeBool(5, true);
        }));
        Struct unset = struct(proto, new byte[0]);

        assertThat(read.getStruct("which_0").get("l")).isEqualTo(0L);
        assertThat(read.getStruct("which_0").get("s")).isNull();
        assertThat(read.getStruct("other_1").get("b")).isEqualTo(true);
        assertThat(read.schema().field("which_0").schema().name())
                .isEqualTo("io.confluent.connect.protobuf.Union.which");
        assertThat(unset.get("which_0")).isNull();
    }

    @Test
    void mapsListsAndEnumsKeepTheirOrderAndNames() {
        String proto = """
                syntax = "proto3"; package p;
                enum Colour { option allow_alias = true; RED = 0; GREEN = 1; VERDE = 1; }
                message M { map<string, N> by_name = 1; repeated int32 n = 2; repeated Colour c = 3; Colour one = 4;
                  map<int32, string> numbers = 5; message N { int32 x = 1; } }""";

        Struct read = struct(proto, bytes(out -> {
            out.writeByteArray(1, bytes(entry -> {
                entry.writeString(1, "b");
                entry.writeByteArray(2, bytes(n -> n.writeInt32(1, 5)));
            }));
            out.writeByteArray(1, bytes(entry -> entry.writeString(1, "a")));
            out.writeByteArray(2, new byte[] {1, 2, 3});
            out.writeEnum(3, 1);
            out.writeEnum(3, 0);
            out.writeEnum(4, 9);
            out.writeByteArray(5, bytes(entry -> {
                entry.writeInt32(1, 4);
                entry.writeString(2, "four");
            }));
        }));

        assertThat(read)
                .hasToString("Struct{by_name={b=Struct{x=5}, a=Struct{x=0}},n=[1, 2, 3],c=[GREEN, RED],"
                        + "one=UNKNOWN_ENUM_VALUE_Colour_9,numbers={4=four}}");
        assertThat(read.schema().field("by_name").schema().name()).isEqualTo("by_name");
        assertThat(read.schema().field("one").schema().parameters())
                .containsEntry("io.confluent.connect.protobuf.Enum", "Colour")
                .containsEntry("io.confluent.connect.protobuf.Enum.GREEN", "1");
    }

    @Test
    void typesThatStandForThoseOfConnectBecomeThem() {
        String proto = """
                syntax = "proto3";
                import "google/protobuf/timestamp.proto"; import "google/type/date.proto"; import "google/type/timeofday.proto";
                import "confluent/meta.proto"; import "confluent/type/decimal.proto"; import "google/protobuf/wrappers.proto";
                message M {
                  google.protobuf.Timestamp at = 1; google.type.Date day = 2; google.type.TimeOfDay time = 3;
                  confluent.type.Decimal price = 4 [(confluent.field_meta) = {
                    params: [ { key: "scale", value: "2" }, { key: "precision", value: "9" } ] }];
                  int32 small = 5 [(confluent.field_meta).params = { key: "connect.type", value: "int8" }];
                  google.protobuf.StringValue wrapped = 6; }""";
        Timestamp at = Timestamp.newBuilder()
                .setSeconds(1_700_000_000)
                .setNanos(123_999_999)
                .build();

        Struct read = struct(proto, bytes(out -> {
            out.writeMessage(1, at);
            out.writeByteArray(2, bytes(day -> {
                day.writeInt32(1, 2024);
                day.writeInt32(2, 2);
                day.writeInt32(3, 29);
            }));
            out.writeByteArray(3, bytes(time -> {
                time.writeInt32(1, 23);
                time.writeInt32(4, 5_000_000);
            }));
            out.writeByteArray(4, bytes(price -> {
                price.writeByteArray(1, new BigDecimal("-12.34").unscaledValue().toByteArray());
                price.writeInt32(3, 2);
            }));
            out.writeInt32(5, -3);
            out.writeMessage(6, StringValue.of("w"));
        }));

        assertThat(read.get("at")).isEqualTo(Date.from(Instant.parse("2023-11-14T22:13:20.123Z")));
        assertThat(read.get("day")).isEqualTo(Date.from(Instant.parse("2024-02-29T00:00:00Z")));
        assertThat(read.get("time")).isEqualTo(Date.from(Instant.parse("1970-01-01T23:00:00.005Z")));
        assertThat(read.get("price")).isEqualTo(new BigDecimal("-12.34"));
        assertThat(read.schema().field("price").schema().parameters())
                .containsEntry(Decimal.SCALE_FIELD, "2")
                .containsEntry("connect.decimal.precision", "9");
        assertThat(read.get("small")).isEqualTo((byte) -3);
        assertThat(read.getStruct("wrapped").get("value")).isEqualTo("w");
    }

    @Test
    void aMessageMayHoldItself() {
        String proto = "syntax = \"proto3\"; message M { int32 x = 1; M next = 2; repeated M more = 3; }";

        Struct read = struct(proto, bytes(out -> {
            out.writeInt32(1, 1);
            out.writeByteArray(2, bytes(next -> next.writeByteArray(2, bytes(third -> third.writeInt32(1, 3)))));
            out.writeByteArray(3, new byte[0]);
        }));

        assertThat(read.getStruct("next").getStruct("next").get("x")).isEqualTo(3);
        assertThat(read.getArray("more")).hasSize(1);
        // Whoever keeps values in a set or a map asks for it.
        assertThat(read.hashCode()).isNotZero();
    }

    @Test
    void theRecordSaysWhichMessageOfTheFileItIs() {
        String proto = """
                syntax = "proto3"; package p;
                message B { map<string, string> first = 1; message C { int32 c = 1; } message A { int32 a = 1; } }
                message D { int32 d = 1; }""";
        byte[] seven = bytes(out -> out.writeInt32(1, 7));

        assertThat(read(proto, Wire.confluent(1, new byte[] {2, 2}, seven)).value())
                .hasToString("Struct{d=7}");
        assertThat(read(proto, Wire.confluent(1, new byte[] {4, 0, 2}, seven)).value())
                .hasToString("Struct{a=7}");
        assertThat(read(proto, Wire.confluent(1, new byte[] {2, 0})).value()).hasToString("Struct{first={}}");
        // Glue's order is that of the names: B, B.A, B.C, B.FirstEntry, D.
        assertThat(read(proto, Wire.glue(new byte[] {2}, seven)).value()).hasToString("Struct{c=7}");
        assertThat(read(proto, Wire.glue(new byte[] {4}, seven)).value()).hasToString("Struct{d=7}");
        assertThatThrownBy(() -> read(proto, Wire.confluent(1, new byte[] {2, 6}, seven)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("message 3 of 2");
    }

    @Test
    void aRecordThatIsNothingButAWrapperIsTheValueInIt() {
        String proto = "syntax = \"proto3\"; package google.protobuf; message StringValue { string value = 1; }";

        SchemaAndValue read =
                read(proto, Wire.confluent(1, FIRST_MESSAGE, StringValue.of("w").toByteArray()));

        assertThat(read.value()).isEqualTo("w");
        assertThat(read.schema().type()).isEqualTo(Schema.Type.STRING);
    }

    @Test
    void optionsChangeTheShapeAsTheyDoForConfluentsConverter() {
        String proto = """
                syntax = "proto3"; package p; import "google/protobuf/wrappers.proto";
                enum E { ZERO = 0; ONE = 1; }
                message M { E e = 1; google.protobuf.Int32Value wrapped = 2; google.protobuf.Int32Value absent = 3; }""";
        ProtobufOptions options = ProtobufOptions.of(new ConverterOptions(Map.of(
                "enhanced.protobuf.schema.support", "true",
                "int.for.enums", "true",
                "wrapper.for.nullables", "true")));
        byte[] record = Wire.confluent(1, FIRST_MESSAGE, bytes(out -> {
            out.writeEnum(1, 1);
            out.writeByteArray(2, bytes(wrapped -> wrapped.writeInt32(1, 5)));
        }));

        SchemaAndValue read =
                ProtobufReader.of(schema(proto, Map.of()), options).read(Payload.of(record, Frame.of(record)));

        assertThat(values((Struct) read.value())).containsExactly(1, 5, null);
        assertThat(read.schema().name()).isEqualTo("p.M");
    }

    @Test
    void groupsAndExtensionsOfTheOldLanguageDoNotHinder() {
        String proto = """
                package p;
                message M { optional group G = 1 { optional int32 x = 1; } extensions 100 to max; }
                extend M { optional int32 more = 100; }""";

        Struct read = struct(proto, bytes(out -> {
            out.writeTag(1, 3);
            out.writeInt32(1, 8);
            out.writeTag(1, 4);
            out.writeInt32(100, 1);
        }));

        assertThat(read).hasToString("Struct{g=Struct{x=8}}");
    }

    @Test
    void importsAreFollowedAndAMissingOneIsNamed() {
        String proto = "syntax = \"proto3\"; package p; import \"a/b.proto\"; message M { q.B b = 1; r.C c = 2; }";
        Map<String, String> references = Map.of(
                "a/b.proto",
                "syntax = \"proto3\"; package q; import public \"c.proto\"; message B { r.C c = 1; }",
                "c.proto",
                "syntax = \"proto3\"; package r; message C { int32 x = 1; }");
        byte[] record = Wire.confluent(1, FIRST_MESSAGE, bytes(out -> out.writeByteArray(2, new byte[] {8, 5})));

        assertThat(ProtobufReader.of(schema(proto, references), DEFAULTS)
                        .read(Payload.of(record, Frame.of(record)))
                        .value())
                .hasToString("Struct{c=Struct{x=5}}");
        assertThatThrownBy(() -> ProtobufReader.of(schema(proto, Map.of()), DEFAULTS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a/b.proto");
    }

    @Test
    void importsInACircleEnd() {
        String proto = "syntax = \"proto3\"; import \"a.proto\"; message M { int32 x = 1; }";
        Map<String, String> references = Map.of("a.proto", "syntax = \"proto3\"; import \"a.proto\";");

        assertThatThrownBy(() -> ProtobufReader.of(schema(proto, references), DEFAULTS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.proto");
    }

    private static RegisteredSchema schema(String proto, Map<String, String> references) {
        return new RegisteredSchema("schema 1", DataFormat.PROTOBUF, proto, references, null);
    }

    private static Struct struct(String proto, byte[] message) {
        return (Struct) read(proto, Wire.confluent(1, FIRST_MESSAGE, message)).value();
    }

    private static SchemaAndValue read(String proto, byte[] record) {
        return ProtobufReader.of(schema(proto, Map.of()), DEFAULTS).read(Payload.of(record, Frame.of(record)));
    }

    private static List<Object> values(Struct struct) {
        return struct.schema().fields().stream().map(struct::get).toList();
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }
}
