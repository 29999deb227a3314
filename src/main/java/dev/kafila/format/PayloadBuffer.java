package dev.kafila.format;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A growable array of bytes that formatters write JSON into, made once and used for payload after payload. It never holds more
 * than its limit: what goes beyond is not kept, and {@link #overflowed()} says so; a formatter need not ask. Not thread-safe.
 */
public final class PayloadBuffer extends OutputStream {
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    /** The longest base64, in characters, whose array is kept for the next. */
    private static final int SHORT_BASE64 = 16_384;

    /** Characters that are written before the room is looked at again. */
    private static final int CHUNK = 1024;

    /** The longest array that every JVM can make. */
    private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

    private byte[] base64 = {};
    private byte[] bytes;
    private int size;
    private int limit = MAX_CAPACITY;
    private boolean overflowed;

    /** Makes an empty buffer of {@code capacity} bytes to begin with. */
    public PayloadBuffer(int capacity) {
        bytes = new byte[Math.max(64, capacity)];
    }

    /** Empties the buffer and sets how many bytes it may hold from now on. */
    public void reset(int newLimit) {
        size = 0;
        limit = newLimit;
        overflowed = false;
    }

    /** Changes how many bytes the buffer may hold from now on; what is in it stays. */
    void limit(int newLimit) {
        limit = newLimit;
    }

    /** Bytes written and kept. */
    public int size() {
        return size;
    }

    /** Bytes that the buffer takes in memory. */
    public int capacity() {
        return bytes.length;
    }

    /** Whether anything was written beyond the limit since the last {@link #truncate} or {@link #reset}. */
    public boolean overflowed() {
        return overflowed;
    }

    /** Takes back everything after the first {@code newSize} bytes, and with it an overflow. */
    public void truncate(int newSize) {
        size = Math.min(size, newSize);
        overflowed = false;
    }

    /** A copy of exactly what was written: the buffer may be used again while the copy is sent. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** What was written, as text. */
    public String text() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int b) {
        if (reserve(1)) {
            bytes[size++] = (byte) b;
        }
    }

    @Override
    public void write(byte[] source) {
        write(source, 0, source.length);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        if (reserve(length)) {
            System.arraycopy(source, offset, bytes, size, length);
            size += length;
        }
    }

    /** Writes {@code null}. */
    public void nullValue() {
        write(NULL);
    }

    /** Writes what is JSON already, or a part of it, in UTF-8. */
    public void json(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a decimal number. */
    public void number(long value) {
        if (value < 0) {
            write(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        int digits = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            digits++;
        }
        if (reserve(digits)) {
            long rest = value;
            for (int at = size + digits - 1; at >= size; at--) {
                bytes[at] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
            size += digits;
        }
    }

    /** Writes a number in Java's shortest form; what is none in JSON, such as {@code NaN}, becomes a string. */
    public void number(double value) {
        real(Double.toString(value), Double.isFinite(value));
    }

    /** Writes a number in Java's shortest form for its precision; what is none in JSON, such as {@code NaN}, becomes a string. */
    public void number(float value) {
        real(Float.toString(value), Float.isFinite(value));
    }

    private void real(String text, boolean finite) {
        if (finite) {
            json(text);
        } else {
            string(text);
        }
    }

    /** Writes {@code true} or {@code false}. */
    public void bool(boolean value) {
        write(value ? TRUE : FALSE);
    }

    /** Writes a JSON string with its quotes, in UTF-8. */
    public void string(String text) {
        write('"');
        int at = 0;
        while (at < text.length() && !overflowed) {
            int end = Math.min(text.length(), at + CHUNK);
            grow((end - at + 1L) * JsonText.MAX_BYTES_PER_CHAR);
            JsonText json = new JsonText(bytes, size);
            at = json.write(text, at, end);
            if (json.end() > limit) {
                overflowed = true;
            } else {
                size = json.end();
            }
        }
        write('"');
    }

    /** Writes bytes as a JSON string of base64. */
    public void base64(byte[] source) {
        long length = 4 * ((source.length + 2L) / 3);
        if (reserve(length + 2)) {
            // The JDK's encoder is several times faster than a loop, even with the copy that writing to the beginning
            // of an array costs.
            byte[] text = base64((int) length);
            BASE64.encode(source, text);
            bytes[size++] = '"';
            System.arraycopy(text, 0, bytes, size, (int) length);
            size += (int) length;
            bytes[size++] = '"';
        }
    }

    /** An array of at least that many bytes. */
    private byte[] base64(int length) {
        if (length > SHORT_BASE64) {
            return new byte[length];
        }
        if (length > base64.length) {
            base64 = new byte[length];
        }
        return base64;
    }

    /** Writes what remains of a buffer as a JSON string of base64, and does not move its position. */
    public void base64(ByteBuffer source) {
        byte[] copy = new byte[source.remaining()];
        source.duplicate().get(copy);
        base64(copy);
    }

    /** Makes room for bytes that will all be written; false, and an overflow, if they would go beyond the limit. */
    private boolean reserve(long needed) {
        if (overflowed || size + needed > limit) {
            overflowed = true;
            return false;
        }
        grow(needed);
        return true;
    }

    private void grow(long needed) {
        if (size + needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_CAPACITY, Math.max(size + needed, bytes.length * 2L)));
        }
    }
}
