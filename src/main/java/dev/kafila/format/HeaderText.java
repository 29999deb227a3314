package dev.kafila.format;

import dev.kafila.record.KafkaRecord;
import dev.kafila.record.Utf8;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.connect.data.SchemaAndValue;

/**
 * Headers as an array of one-member objects, in order and with duplicates: JSON of what the header converter made of a value. Where headers
 * were not decoded, text where a value is UTF-8 and base64 where not, as the default converter has it.
 */
public final class HeaderText {
    private HeaderText() {}

    /** Writes the array; throws as {@link ConnectJson#write} where a value has no JSON. */
    public static void write(KafkaRecord record, PayloadBuffer out) {
        out.write('[');
        boolean first = true;
        if (record.headers() == null) {
            for (Header header : record.source().headers()) {
                member(first, header.key(), new SchemaAndValue(null, textOrBytes(header.value())), out);
                first = false;
            }
        } else {
            for (org.apache.kafka.connect.header.Header header : record.headers()) {
                member(first, header.key(), new SchemaAndValue(header.schema(), header.value()), out);
                first = false;
            }
        }
        out.write(']');
    }

    private static void member(boolean first, String name, SchemaAndValue value, PayloadBuffer out) {
        if (!first) {
            out.write(',');
        }
        out.write('{');
        out.string(name);
        out.write(':');
        ConnectJson.write(value, out);
        out.write('}');
    }

    private static Object textOrBytes(byte[] value) {
        if (value == null) {
            return null;
        }
        String text = Utf8.text(value);
        return text == null ? value : text;
    }
}
