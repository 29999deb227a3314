package dev.kafila.schema;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Records as serializers with a registry write them. */
public final class Wire {
    static final UUID GLUE_ID = UUID.fromString("b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63");

    private Wire() {}

    /** Confluent's frame, and what follows it. */
    public static byte[] confluent(int id, byte[]... parts) {
        byte[] payload = concat(parts);
        return ByteBuffer.allocate(5 + payload.length)
                .put((byte) 0)
                .putInt(id)
                .put(payload)
                .array();
    }

    /** Glue's frame of a payload that is not compressed, and what follows it. */
    public static byte[] glue(byte[]... parts) {
        byte[] payload = concat(parts);
        return ByteBuffer.allocate(18 + payload.length)
                .put((byte) 3)
                .put((byte) 0)
                .putLong(GLUE_ID.getMostSignificantBits())
                .putLong(GLUE_ID.getLeastSignificantBits())
                .put(payload)
                .array();
    }

    static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
