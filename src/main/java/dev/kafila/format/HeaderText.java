package dev.kafila.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Headers as an array of one-member objects, in order and with duplicates: text where a value is UTF-8, base64 where not. */
final class HeaderText {
    private HeaderText() {}

    static void write(Headers headers, PayloadBuffer out) {
        out.write('[');
        boolean first = true;
        for (Header header : headers) {
            if (!first) {
                out.write(',');
            }
            first = false;
            out.write('{');
            out.string(header.key());
            out.write(':');
            value(header.value(), out);
            out.write('}');
        }
        out.write(']');
    }

    private static void value(byte[] value, PayloadBuffer out) {
        if (value == null) {
            out.nullValue();
            return;
        }
        try {
            // Unlike new String(), a fresh decoder reports what is not UTF-8.
            out.string(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString());
        } catch (CharacterCodingException e) {
            out.base64(value);
        }
    }
}
