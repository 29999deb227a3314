package dev.kafila.format;

import java.nio.charset.StandardCharsets;

/** The inside of a JSON string as UTF-8, into the middle of an array. */
final class JsonText {
    /** What one character takes at most: the escape of a control character. */
    static final int MAX_BYTES_PER_CHAR = 6;

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final byte[] target;
    private int to;

    /** The array has room for every character that will be written, at {@link #MAX_BYTES_PER_CHAR} each. */
    JsonText(byte[] target, int at) {
        this.target = target;
        this.to = at;
    }

    /** Where the text ends. */
    int end() {
        return to;
    }

    /**
     * Writes the characters from {@code at} to {@code end}, and one more if that completes a pair; returns where to go on. A surrogate
     * without its partner, which UTF-8 cannot hold, becomes an escape.
     */
    int write(String text, int at, int end) {
        int from = plain(text, at, end);
        while (from < end) {
            char c = text.charAt(from++);
            if (c < 0x80) {
                escaped(c);
            } else if (c < 0x800) {
                target[to++] = (byte) (0xC0 | (c >> 6));
                target[to++] = (byte) (0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                target[to++] = (byte) (0xE0 | (c >> 12));
                target[to++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                target[to++] = (byte) (0x80 | (c & 0x3F));
            } else if (from < text.length() && Character.isSurrogatePair(c, text.charAt(from))) {
                supplementary(Character.toCodePoint(c, text.charAt(from++)));
            } else {
                escape(c);
            }
            from = plain(text, from, end);
        }
        return from;
    }

    /** Writes characters as long as each is one byte as it stands, which is most of what there is; returns where they end. */
    private int plain(String text, int at, int end) {
        byte[] bytes = target;
        int next = to;
        int from = at;
        for (; from < end; from++) {
            char c = text.charAt(from);
            if (c >= 0x80 || c < ' ' || c == '"' || c == '\\') {
                break;
            }
            bytes[next++] = (byte) c;
        }
        to = next;
        return from;
    }

    private void escaped(char c) {
        switch (c) {
            case '"', '\\' -> escape((byte) c);
            case '\n' -> escape((byte) 'n');
            case '\r' -> escape((byte) 'r');
            case '\t' -> escape((byte) 't');
            case '\b' -> escape((byte) 'b');
            case '\f' -> escape((byte) 'f');
            default -> escape(c);
        }
    }

    private void supplementary(int codePoint) {
        target[to++] = (byte) (0xF0 | (codePoint >> 18));
        target[to++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
        target[to++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        target[to++] = (byte) (0x80 | (codePoint & 0x3F));
    }

    private void escape(byte shortForm) {
        target[to++] = '\\';
        target[to++] = shortForm;
    }

    private void escape(char c) {
        escape((byte) 'u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            target[to++] = HEX[(c >> shift) & 0xF];
        }
    }
}
