package dev.kafila.schema;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.kafka.connect.errors.DataException;

/** What follows the frame of a record. */
final class Payload {
    /** Of an inflated payload, in bytes: more than twice of what any function takes, and little beside the heap. */
    private static final int INFLATED_LIMIT = 16 * 1024 * 1024;

    private static final int CHUNK = 8192;

    private final byte[] bytes;
    private final int start;
    private final Frame frame;

    private Payload(byte[] bytes, int start, Frame frame) {
        this.bytes = bytes;
        this.start = start;
        this.frame = frame;
    }

    /** Throws {@link DataException} if a compressed payload cannot be inflated, or to too much. */
    static Payload of(byte[] record, Frame frame) {
        return frame instanceof Frame.Glue glue && glue.compressed()
                ? new Payload(inflated(record, frame.payloadStart()), 0, frame)
                : new Payload(record, frame.payloadStart(), frame);
    }

    /** With something else before the payload, perhaps. */
    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    /** Whether AWS Glue's serializer wrote it, which begins some payloads otherwise than Confluent's. */
    boolean isGlue() {
        return frame instanceof Frame.Glue;
    }

    int length() {
        return bytes.length - start;
    }

    /** Nothing else: for Protobuf with the index of the message, which is no part of the frame. */
    byte[] copy() {
        return Arrays.copyOfRange(bytes, start, bytes.length);
    }

    ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes, start, length()).slice();
    }

    private static byte[] inflated(byte[] record, int start) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(record, start, record.length - start);
            ByteArrayOutputStream out = new ByteArrayOutputStream(CHUNK);
            byte[] chunk = new byte[CHUNK];
            while (!inflater.finished()) {
                int length = inflater.inflate(chunk);
                if (length == 0 && !inflater.finished()) {
                    throw new DataException("The compressed payload ends too early");
                }
                out.write(chunk, 0, length);
                if (out.size() > INFLATED_LIMIT) {
                    throw new DataException(
                            "The compressed payload inflates to more than " + INFLATED_LIMIT + " bytes");
                }
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new DataException("The payload is said to be compressed by zlib, and is not", e);
        } finally {
            inflater.end();
        }
    }
}
