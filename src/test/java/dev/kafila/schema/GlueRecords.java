package dev.kafila.schema;

import com.amazonaws.services.schemaregistry.serializers.GlueSchemaRegistryKafkaSerializer;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.kafila.sandbox.SandboxAws;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What AWS's own serializer writes with the sandbox's registry. */
public final class GlueRecords {
    public static final Schema USER = new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"User\",\"namespace\":\"t\",\"fields\":"
                    + "[{\"name\":\"id\",\"type\":\"int\"},{\"name\":\"name\",\"type\":\"string\"}]}");

    private GlueRecords() {}

    /** A user, as AWS's serializer writes it in Avro, with the schema {@code users} of the sandbox. */
    public static byte[] avro(SandboxAws aws, String compression) {
        return serialized(
                aws,
                "users",
                compression,
                Map.of("dataFormat", "AVRO", "avroRecordType", "GENERIC_RECORD"),
                new GenericRecordBuilder(USER).set("id", 7).set("name", "ann").build());
    }

    /** A user, the second message of its file, as AWS's serializer writes it in Protobuf, with the schema {@code orders}. */
    public static byte[] protobuf(SandboxAws aws, String compression) throws DescriptorValidationException {
        Descriptor user = FileDescriptor.buildFrom(
                        FileDescriptorProto.newBuilder()
                                .setName("users.proto")
                                .setPackage("t")
                                .setSyntax("proto3")
                                .addMessageType(DescriptorProto.newBuilder().setName("Aside"))
                                .addMessageType(DescriptorProto.newBuilder()
                                        .setName("User")
                                        .addField(field("id", 1, FieldDescriptorProto.Type.TYPE_INT32))
                                        .addField(field("name", 2, FieldDescriptorProto.Type.TYPE_STRING)))
                                .build(),
                        new FileDescriptor[0])
                .findMessageTypeByName("User");
        DynamicMessage message = DynamicMessage.newBuilder(user)
                .setField(user.findFieldByName("id"), 5)
                .setField(user.findFieldByName("name"), "zoe")
                .build();
        return protobuf(aws, "orders", compression, message);
    }

    /** A message, as AWS's serializer writes it with a schema of the sandbox. */
    public static byte[] protobuf(SandboxAws aws, String schema, String compression, DynamicMessage message) {
        return serialized(
                aws,
                schema,
                compression,
                Map.of("dataFormat", "PROTOBUF", "protobufMessageType", "DYNAMIC_MESSAGE"),
                message);
    }

    private static FieldDescriptorProto field(String name, int number, FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
                .build();
    }

    private static byte[] serialized(
            SandboxAws aws, String schema, String compression, Map<String, String> settings, Object value) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("region", "us-east-1");
        all.put("endpoint", aws.endpoint().toString());
        all.put("schemaName", schema);
        all.put("compression", compression);
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDWRITER", "secret"));
        try (GlueSchemaRegistryKafkaSerializer serializer = new GlueSchemaRegistryKafkaSerializer(credentials, all)) {
            serializer.configure(all, false);
            return serializer.serialize(schema, value);
        }
    }
}
