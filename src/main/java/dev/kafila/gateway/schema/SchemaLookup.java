package dev.kafila.gateway.schema;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.kafila.gateway.request.RequestException;
import dev.kafila.schema.DataFormat;
import dev.kafila.schema.LatestSchema;
import dev.kafila.schema.ProtobufFiles;
import dev.kafila.schema.ProtobufPlace;
import dev.kafila.schema.RegisteredSchema;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;

/** Asks a source for a topic's schema, and finds the topic's message in it. */
final class SchemaLookup implements AutoCloseable {
    private static final int BAD_REQUEST = 400;
    static final int INTERNAL_ERROR = 500;

    private final SchemaOptions options;
    private final SchemaSource source;

    SchemaLookup(SchemaOptions options, SchemaSource source) {
        this.options = options;
        this.source = source;
    }

    /** What was found, and what was made of it. */
    record Version(LatestSchema found, TopicSchema schema) {}

    /**
     * The latest version.
     *
     * @param known of before; null: none
     * @return {@code known} if it is still the latest
     */
    Version latest(String topic, Version known) throws RequestException {
        try {
            LatestSchema found = source.latest(options.schemaOf(topic));
            return known != null && known.found().equals(found) ? known : new Version(found, schema(topic, found));
        } catch (DataException e) {
            throw new RequestException(BAD_REQUEST, e.getMessage(), e);
        } catch (RuntimeException e) {
            throw unavailable(reason(e), e);
        }
    }

    /** As the answer of a request that cannot go on without a schema. */
    static RequestException unavailable(String reason, Throwable cause) {
        return new RequestException(INTERNAL_ERROR, "Error message: " + reason, cause);
    }

    /** What a log may say, too. */
    static String reason(Throwable problem) {
        return problem.getMessage() == null ? problem.toString() : problem.getMessage();
    }

    private TopicSchema schema(String topic, LatestSchema found) {
        RegisteredSchema schema = found.schema();
        if (schema.format() != DataFormat.PROTOBUF) {
            throw new DataException("The " + schema.name() + " is of " + schema.format() + " and not of PROTOBUF");
        }
        FileDescriptor file = parse(schema);
        Descriptor message = message(topic, file, schema.name());
        return new TopicSchema(topic, schema.name(), message, frame(found, message));
    }

    private static FileDescriptor parse(RegisteredSchema schema) {
        try {
            return ProtobufFiles.parse(schema);
        } catch (DataException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new DataException("The " + schema.name() + " is no schema of PROTOBUF that can be read", e);
        }
    }

    private Descriptor message(String topic, FileDescriptor file, String name) {
        String wanted = options.messages().get(topic);
        Descriptor found = wanted == null
                ? file.getMessageTypes().stream().findFirst().orElse(null)
                : named(wanted, file.getMessageTypes());
        if (found == null) {
            throw new DataException("There is no message " + (wanted == null ? "" : wanted + " ") + "in the " + name);
        }
        return found;
    }

    private static Descriptor named(String name, List<Descriptor> messages) {
        for (Descriptor message : messages) {
            Descriptor found = message.getFullName().equals(name) ? message : named(name, message.getNestedTypes());
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private ByteString frame(LatestSchema found, Descriptor message) {
        return options.framing() == SchemaOptions.Framing.RAW
                ? ByteString.EMPTY
                : new ProtobufPlace(message.getFile()).after(found.frame(), message);
    }

    @Override
    public void close() {
        source.close();
    }
}
