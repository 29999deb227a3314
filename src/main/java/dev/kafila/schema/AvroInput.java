package dev.kafila.schema;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary form, read with an eye on how much there is: a length is believed only as far as the payload reaches. Avro's own decoder
 * makes room for what a length claims before it looks, and six bytes can claim two gigabytes.
 */
final class AvroInput extends Decoder {
    /** Elements that take no bytes, such as nulls, in one payload. */
    private static final int EMPTY_ELEMENTS = 65_536;

    private final BinaryDecoder in;
    private long elementsLeft;

    AvroInput(Payload payload) {
        in = DecoderFactory.get().binaryDecoder(payload.bytes(), payload.start(), payload.length(), null);
        elementsLeft = (long) payload.length() + EMPTY_ELEMENTS;
    }

    private int length() throws IOException {
        long length = in.readLong();
        if (length < 0 || length > in.inputStream().available()) {
            throw new EOFException("A length of " + length + " bytes reaches beyond the payload");
        }
        return (int) length;
    }

    private long elements(long count) throws IOException {
        elementsLeft -= count;
        if (count < 0 || elementsLeft < 0) {
            throw new EOFException("A number of " + count + " elements is more than the payload can hold");
        }
        return count;
    }

    @Override
    public String readString() throws IOException {
        byte[] bytes = new byte[length()];
        in.readFixed(bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return new Utf8(readString());
    }

    @Override
    public void skipString() throws IOException {
        in.skipFixed(length());
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        byte[] bytes = new byte[length()];
        in.readFixed(bytes, 0, bytes.length);
        return ByteBuffer.wrap(bytes);
    }

    @Override
    public void skipBytes() throws IOException {
        in.skipFixed(length());
    }

    @Override
    public long readArrayStart() throws IOException {
        return elements(in.readArrayStart());
    }

    @Override
    public long arrayNext() throws IOException {
        return elements(in.arrayNext());
    }

    @Override
    public long skipArray() throws IOException {
        return elements(in.skipArray());
    }

    @Override
    public long readMapStart() throws IOException {
        return elements(in.readMapStart());
    }

    @Override
    public long mapNext() throws IOException {
        return elements(in.mapNext());
    }

    @Override
    public long skipMap() throws IOException {
        return elements(in.skipMap());
    }

    @Override
    public void readNull() throws IOException {
        in.readNull();
    }

    @Override
    public boolean readBoolean() throws IOException {
        return in.readBoolean();
    }

    @Override
    public int readInt() throws IOException {
        return in.readInt();
    }

    @Override
    public long readLong() throws IOException {
        return in.readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return in.readFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return in.readDouble();
    }

    @Override
    public void readFixed(byte[] bytes, int start, int length) throws IOException {
        in.readFixed(bytes, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        in.skipFixed(length);
    }

    @Override
    public int readEnum() throws IOException {
        return in.readEnum();
    }

    @Override
    public int readIndex() throws IOException {
        return in.readIndex();
    }
}
