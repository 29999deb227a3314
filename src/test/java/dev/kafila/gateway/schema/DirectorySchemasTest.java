package dev.kafila.gateway.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.kafila.gateway.request.RequestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schemas that are files. */
class DirectorySchemasTest {
    @TempDir
    private Path parent;

    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createDirectory(parent.resolve("schemas"));
    }

    @Test
    void theFileNamedLikeTheTopicHoldsItsSchemaAndItsFirstMessage() throws Exception {
        write("orders.proto", "syntax = \"proto3\"; package shop; message Order { int32 id = 1; } message Aside {}");

        TopicSchema schema = find("orders", "", Map.of());

        assertThat(schema.topic()).isEqualTo("orders");
        assertThat(schema.name()).isEqualTo("schema orders.proto of the directory " + directory);
        assertThat(schema.message().getFullName()).isEqualTo("shop.Order");
        assertThat(schema.frame().isEmpty()).isTrue();
    }

    @Test
    void importsComeFromTheDirectoryAndFromWhatEverybodyHas() throws Exception {
        write("orders.proto", """
                syntax = "proto3"; package shop; import "common/money.proto"; import "google/protobuf/timestamp.proto";
                message Order { shop.common.Money price = 1; google.protobuf.Timestamp at = 2; shop.common.Unit unit = 3; }""");
        write("common/money.proto", """
                syntax = "proto3"; package shop.common; import public "common/unit.proto";
                message Money { int64 cents = 1; Unit unit = 2; }""");
        write("common/unit.proto", "syntax = \"proto3\"; package shop.common; enum Unit { EACH = 0; }");

        assertThat(find("orders", "", Map.of()).message().getFields())
                .extracting(FieldDescriptor::getType)
                .containsExactly(FieldDescriptor.Type.MESSAGE, FieldDescriptor.Type.MESSAGE, FieldDescriptor.Type.ENUM);
    }

    @Test
    void theSettingsNameTheFileAndTheMessage() throws Exception {
        write(
                "v1/orders-schema.proto",
                "syntax = \"proto3\"; package shop; message A { message B { message C {} } } message D {}");

        String name = "v1/${topic}-schema";

        assertThat(find("orders", name, Map.of("orders", "shop.A.B.C"))
                        .message()
                        .getFullName())
                .isEqualTo("shop.A.B.C");
        assertThat(find("orders", name, Map.of("orders", "shop.D")).message().getFullName())
                .isEqualTo("shop.D");
        assertThat(find("orders", name, Map.of("returns", "shop.D")).message().getFullName())
                .isEqualTo("shop.A");
        assertThat(refusal("orders", name, Map.of("orders", "A")))
                .hasMessage("There is no message A in the schema v1/orders-schema.proto of the directory " + directory);
    }

    @Test
    void aFileThatIsChangedIsReadAgain() throws Exception {
        write("orders.proto", "syntax = \"proto3\"; message A {}");
        try (TopicSchemas schemas = TopicSchemas.of(TestOptions.directory(directory, "", Map.of()))) {
            TopicSchema known = schemas.find("orders");
            write("orders.proto", "syntax = \"proto3\"; message A { int32 more = 1; }");

            TopicSchema newer = schemas.newerThan(known);

            assertThat(newer.message().findFieldByName("more")).isNotNull();
        }
    }

    @Test
    void whatNobodyWroteIsAnswered400() throws Exception {
        write("importing.proto", "syntax = \"proto3\"; import \"away.proto\"; message A {}");
        write("empty.proto", "");
        write("enum.proto", "syntax = \"proto3\"; enum E { A = 0; }");
        write("text.proto", "this is no schema");
        write("names.proto", "syntax = \"proto3\"; message A { Nothing a = 1; }");
        write("deep.proto", "message A {".repeat(100_000));
        write("circle.proto", "syntax = \"proto3\"; import \"circle.proto\"; message A {}");

        assertThat(refusal("orders")).hasMessage("There is no schema orders.proto of the directory " + directory);
        assertThat(refusal("importing")).hasMessage(title("importing") + " imports away.proto, which is not there");
        assertThat(refusal("empty"))
                .hasMessage("There is no message in the " + title("empty").substring(4));
        assertThat(refusal("enum"))
                .hasMessage("There is no message in the " + title("enum").substring(4));
        assertThat(refusal("text")).hasMessage(title("text") + " is no schema of PROTOBUF that can be read");
        assertThat(refusal("deep")).hasMessage(title("deep") + " is no schema of PROTOBUF that can be read");
        assertThat(refusal("names")).hasMessage(title("names") + " holds names that contradict each other");
        assertThat(refusal("circle")).hasMessage(title("circle") + " imports circle.proto, which imports itself");
        for (String topic : new String[] {"orders", "importing", "empty", "enum", "text", "deep", "names", "circle"}) {
            assertThat(refusal(topic).status()).as(topic).isEqualTo(400);
        }
    }

    @Test
    void nothingOutsideOfTheDirectoryIsRead() throws Exception {
        String message = "syntax = \"proto3\"; message A {}";
        Files.writeString(parent.resolve("outside.proto"), message);
        Files.createSymbolicLink(directory.resolve("linked.proto"), parent.resolve("outside.proto"));
        write("importing.proto", "syntax = \"proto3\"; import \"../outside.proto\"; message A {}");
        write("far.proto", "syntax = \"proto3\"; import \"" + parent.resolve("outside.proto") + "\"; message A {}");

        assertThat(refusal("../outside").status()).isEqualTo(400);
        assertThat(refusal(parent.resolve("outside").toString()).status()).isEqualTo(400);
        assertThat(refusal("linked").status()).isEqualTo(400);
        assertThat(refusal("importing")).hasMessageContaining("outside of it");
        assertThat(refusal("far")).hasMessageContaining("outside of it");
        assertThat(refusal("a\0b").status()).isEqualTo(400);
    }

    @Test
    void linksWithinTheDirectoryAreFollowed() throws Exception {
        write("..data/orders.proto", "syntax = \"proto3\"; message A {}");
        Files.createSymbolicLink(directory.resolve("orders.proto"), Path.of("..data", "orders.proto"));

        assertThat(find("orders", "", Map.of()).message().getName()).isEqualTo("A");
    }

    @Test
    void aFileOrDirectoryThatCannotBeReadIsAnswered500() throws Exception {
        Files.createDirectory(directory.resolve("orders.proto"));
        Files.write(directory.resolve("latin.proto"), "// é\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refusal("orders").status()).isEqualTo(500);
        assertThat(refusal("latin").status()).isEqualTo(500);
        Files.delete(directory.resolve("orders.proto"));
        Files.delete(directory.resolve("latin.proto"));
        Files.delete(directory);
        assertThat(refusal("orders"))
                .hasMessage("Error message: There is no directory " + directory + " to read schemas from");
    }

    private String title(String topic) {
        return "The schema " + topic + ".proto of the directory " + directory;
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(directory.resolve(file).getParent());
        Files.writeString(directory.resolve(file), text);
    }

    private TopicSchema find(String topic, String name, Map<String, String> messages) throws RequestException {
        try (TopicSchemas schemas = TopicSchemas.of(TestOptions.directory(directory, name, messages))) {
            return schemas.find(topic);
        }
    }

    private RequestException refusal(String topic) {
        return refusal(topic, "", Map.of());
    }

    private RequestException refusal(String topic, String name, Map<String, String> messages) {
        return catchThrowableOfType(RequestException.class, () -> find(topic, name, messages));
    }
}
