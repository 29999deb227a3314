package dev.kafila.schema;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.kafka.connect.errors.DataException;

/** What a producer with a schema registry puts before a payload. */
public sealed interface Frame {

    /** The id of the schema as the registry writes it. */
    String schemaId();

    /** The first byte of the payload. */
    int payloadStart();

    /** What stands before the payload. */
    byte[] bytes();

    /** {@code 00} and an id of four bytes: Confluent's registry, and every one that speaks like it. */
    record Confluent(int id) implements Frame {
        private static final byte MAGIC = 0;
        private static final int LENGTH = 5;

        @Override
        public String schemaId() {
            return Integer.toString(id);
        }

        @Override
        public int payloadStart() {
            return LENGTH;
        }

        @Override
        public byte[] bytes() {
            return ByteBuffer.allocate(LENGTH).put(MAGIC).putInt(id).array();
        }
    }

    /** {@code 03}, {@code 00} or {@code 05}, and an id of sixteen bytes: the AWS Glue Schema Registry. */
    record Glue(UUID id, boolean compressed) implements Frame {
        private static final byte VERSION = 3;
        private static final byte PLAIN = 0;
        private static final byte ZLIB = 5;
        private static final int LENGTH = 18;

        @Override
        public String schemaId() {
            return id.toString();
        }

        @Override
        public int payloadStart() {
            return LENGTH;
        }

        @Override
        public byte[] bytes() {
            return ByteBuffer.allocate(LENGTH)
                    .put(VERSION)
                    .put(compressed ? ZLIB : PLAIN)
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .array();
        }
    }

    /** Throws {@link DataException} if the bytes begin with neither. */
    static Frame of(byte[] bytes) {
        Frame frame = find(bytes);
        if (frame == null) {
            throw new DataException(
                    "The " + bytes.length + " bytes do not begin with the id of a schema, neither as"
                            + " Confluent's serializers write it nor as AWS Glue's: was the record written without a registry?");
        }
        return frame;
    }

    /** Null if the bytes begin with neither. */
    static Frame find(byte[] bytes) {
        if (bytes.length >= Confluent.LENGTH && bytes[0] == Confluent.MAGIC) {
            return new Confluent(ByteBuffer.wrap(bytes).getInt(1));
        }
        if (bytes.length >= Glue.LENGTH
                && bytes[0] == Glue.VERSION
                && (bytes[1] == Glue.PLAIN || bytes[1] == Glue.ZLIB)) {
            ByteBuffer id = ByteBuffer.wrap(bytes, 2, Glue.LENGTH - 2);
            return new Glue(new UUID(id.getLong(), id.getLong()), bytes[1] == Glue.ZLIB);
        }
        return null;
    }
}
