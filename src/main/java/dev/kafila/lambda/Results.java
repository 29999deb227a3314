package dev.kafila.lambda;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What an answer says of each record of its request, in the first of the three forms of Confluent's connector that fits: a list that names
 * each record by its coordinates, in any order; a list of as many elements, in the order of the records; anything else, which is said of
 * every record.
 */
final class Results {
    private Results() {}

    /**
     * Takes an answer apart; total.
     *
     * @param batch whether the payload was a batch; if not, the answer is all about its one record
     * @return for each record JSON as it came; an empty answer is null, any other that is no JSON becomes a JSON string
     */
    static List<String> of(String answer, SentRecords sent, boolean batch) {
        if (answer.isBlank()) {
            return Collections.nCopies(sent.size(), "null");
        }
        List<String> elements = new ArrayList<>();
        String whole;
        try {
            whole = split(answer, sent.size(), elements);
        } catch (IOException e) {
            elements.clear();
            whole = '"' + new String(JsonStringEncoder.getInstance().quoteAsString(answer)) + '"';
        }
        if (!batch || elements.size() != sent.size()) {
            return Collections.nCopies(sent.size(), whole);
        }
        List<String> named = byCoordinates(elements, sent);
        return named == null ? elements : named;
    }

    /** Gathers the elements of a list, but no more than one too many, and returns the text of the whole. */
    private static String split(String answer, int records, List<String> elements) throws IOException {
        try (AnswerReader reader = new AnswerReader(answer)) {
            JsonToken first = reader.next();
            if (first == JsonToken.START_ARRAY) {
                while (reader.next() != JsonToken.END_ARRAY) {
                    if (elements.size() <= records) {
                        elements.add(reader.text());
                    } else {
                        reader.skip();
                    }
                }
            } else {
                reader.skip();
            }
            if (reader.next() != null) {
                throw new IOException("Not one JSON value");
            }
            return answer.strip();
        }
    }

    /** The results in the order of the records; null if the elements are not one-to-one with them. */
    private static List<String> byCoordinates(List<String> elements, SentRecords sent) {
        String[] results = new String[sent.size()];
        for (String element : elements) {
            Named named = named(element);
            int index = named == null ? SentRecords.NONE : sent.find(named.topic, named.partition, named.offset);
            if (index == SentRecords.NONE || results[index] != null) {
                return null;
            }
            results[index] = named.result;
        }
        return Arrays.asList(results);
    }

    private record Named(String result, String topic, Long partition, Long offset) {
        boolean complete() {
            return result != null && topic != null && partition != null && offset != null;
        }
    }

    /** Null for what is not an object with a complete payload; further members do not matter. */
    private static Named named(String element) {
        try (AnswerReader reader = new AnswerReader(element)) {
            Named named = null;
            if (reader.next() == JsonToken.START_OBJECT) {
                for (String name = reader.nextMember(); name != null; name = reader.nextMember()) {
                    JsonToken value = reader.next();
                    if (name.equals("payload")) {
                        named = value == JsonToken.START_OBJECT ? payload(reader) : null;
                    }
                    reader.skip();
                }
            }
            return named != null && named.complete() ? named : null;
        } catch (IOException e) {
            throw new IllegalStateException("What was read once cannot be read again", e);
        }
    }

    private static Named payload(AnswerReader reader) throws IOException {
        String result = null;
        String topic = null;
        Long partition = null;
        Long offset = null;
        for (String name = reader.nextMember(); name != null; name = reader.nextMember()) {
            reader.next();
            switch (name) {
                case "result" -> result = reader.text();
                case "topic" -> topic = reader.string();
                case "partition" -> partition = reader.integer();
                case "offset" -> offset = reader.integer();
                default -> {}
            }
            reader.skip();
        }
        return new Named(result, topic, partition, offset);
    }
}
