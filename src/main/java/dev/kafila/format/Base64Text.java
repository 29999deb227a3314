package dev.kafila.format;

import java.nio.charset.StandardCharsets;

/** Base64 (RFC 4648, with padding) into the middle of an array, which the JDK's encoder cannot do without a copy. */
final class Base64Text {
    private static final byte[] DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);

    private Base64Text() {}

    /** Bytes that the text of {@code length} bytes takes. */
    static long length(int length) {
        return 4 * ((length + 2L) / 3);
    }

    /** Writes the text of {@code source} from {@code at} on; returns where it ends. */
    static int encode(byte[] source, byte[] target, int at) {
        int whole = source.length / 3 * 3;
        int to = at;
        for (int from = 0; from < whole; from += 3) {
            int bits = ((source[from] & 0xFF) << 16) | ((source[from + 1] & 0xFF) << 8) | (source[from + 2] & 0xFF);
            target[to] = DIGITS[bits >>> 18];
            target[to + 1] = DIGITS[(bits >>> 12) & 0x3F];
            target[to + 2] = DIGITS[(bits >>> 6) & 0x3F];
            target[to + 3] = DIGITS[bits & 0x3F];
            to += 4;
        }
        return switch (source.length - whole) {
            case 1 -> pad(target, to, (source[whole] & 0xFF) << 16, 1);
            case 2 -> pad(target, to, ((source[whole] & 0xFF) << 16) | ((source[whole + 1] & 0xFF) << 8), 2);
            default -> to;
        };
    }

    private static int pad(byte[] target, int at, int bits, int bytes) {
        target[at] = DIGITS[bits >>> 18];
        target[at + 1] = DIGITS[(bits >>> 12) & 0x3F];
        target[at + 2] = bytes == 2 ? DIGITS[(bits >>> 6) & 0x3F] : (byte) '=';
        target[at + 3] = '=';
        return at + 4;
    }
}
