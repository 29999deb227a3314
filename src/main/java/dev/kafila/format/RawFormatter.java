package dev.kafila.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kafila.record.KafkaRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * The value and nothing else. Lambda takes nothing but JSON: text that is JSON goes as it is, to the letter, any other text as a string;
 * what a converter made anything but text of, as JSON by its schema.
 */
final class RawFormatter implements RecordFormatter {
    private static final Set<String> TEXT = Set.of("string", "org.apache.kafka.connect.storage.StringConverter");

    /** What JSON, and what may stand before it, begins with. */
    private static final String BEGINNINGS = "{[\"-0123456789tfn \t\r\n";

    private final boolean batch;
    private final boolean text;
    private final JsonFactory json = new JsonFactory();

    RawFormatter(FormatOptions options) {
        batch = options.batch();
        text = TEXT.contains(options.input().valueConverter());
    }

    @Override
    public boolean decodes() {
        return true;
    }

    @Override
    public void begin(TopicPartition partition, PayloadBuffer out) {
        if (batch) {
            out.write('[');
        }
    }

    @Override
    public void write(KafkaRecord record, PayloadBuffer out) {
        // A string of another converter was quoted once already: a JSON string that says 42 is not to become the
        // number.
        if (text && record.value().value() instanceof String value && isJson(value)) {
            out.json(value);
        } else {
            ConnectJson.write(record.value(), out);
        }
    }

    private boolean isJson(String value) {
        if (value.isEmpty() || BEGINNINGS.indexOf(value.charAt(0)) < 0) {
            return false;
        }
        try (JsonParser parser = json.createParser(value)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JsonProcessingException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("A string cannot be read", e);
        }
    }

    @Override
    public void end(PayloadBuffer out) {
        if (batch) {
            out.write(']');
        }
    }
}
