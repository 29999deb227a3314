package dev.kafila.eventbridge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * One place in the detail of an event, as a JSONPath that leads to it by names and positions, such as {@code $.detail.value.items[0]['id']}.
 * It is looked for in the text, which is neither made a tree nor written again: digits and the order of members stay as they are.
 */
final class DetailPath {
    private static final String DETAIL = "detail";
    private static final JsonFactory JSON = JsonFactory.builder()
            // Names may be data, such as the keys of a map, and would be kept for ever.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // It reads what was just written here: what a record may hold is decided when the record is read.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();
    private static final int ABSENT = -1;

    private final String text;
    private final List<DetailStep> steps;

    private DetailPath(String text, List<DetailStep> steps) {
        this.text = text;
        this.steps = steps;
    }

    /**
     * A detail in two.
     *
     * @param rest  the detail without the member or element at the place
     * @param value JSON of what was there
     */
    record Cut(String rest, String value) {}

    /** Reads a value; the parser stands at its first token. */
    @FunctionalInterface
    interface Reading<T> {
        T of(JsonParser json) throws IOException;
    }

    /**
     * Reads a JSONPath.
     *
     * @param parameter that it is the value of
     * @throws IllegalArgumentException if it is none, or leads out of the detail or perhaps to several places, with the name of the parameter
     */
    static DetailPath of(String parameter, String text) {
        List<DetailStep> steps = DetailStep.of(text);
        if (steps.size() < 2 || !steps.get(0).is(DETAIL)) {
            throw new IllegalArgumentException(
                    parameter + ": '" + text
                            + "' is no JSONPath to one place in the detail, as $.detail.value.type and $.detail.value['a.b'][0] are");
        }
        return new DetailPath(text, steps.subList(1, steps.size()));
    }

    /** Whether it leads into that member of the detail. */
    boolean isIn(String member) {
        return steps.get(0).is(member);
    }

    /** Reads what is at the place; null if nothing is. */
    <T> T read(String detail, Reading<T> reading) {
        try (JsonParser json = JSON.createParser(detail)) {
            return find(json) == ABSENT ? null : reading.of(json);
        } catch (IOException e) {
            throw new UncheckedIOException("A detail cannot be read", e);
        }
    }

    /** Takes out of the detail what is at the place; null if nothing is. */
    Cut cut(String detail) {
        try (JsonParser json = JSON.createParser(detail)) {
            int begin = find(json);
            if (begin == ABSENT) {
                return null;
            }
            int value = offset(json);
            json.skipChildren();
            json.finishToken();
            int end = (int) json.currentLocation().getCharOffset();
            boolean first = detail.charAt(begin - 1) != ',';
            int from = first ? begin : begin - 1;
            int to = first && detail.charAt(end) == ',' ? end + 1 : end;
            return new Cut(detail.substring(0, from) + detail.substring(to), detail.substring(value, end));
        } catch (IOException e) {
            throw new UncheckedIOException("A detail cannot be read", e);
        }
    }

    /** Moves to the first token of the value; returns where its member or element begins. */
    private int find(JsonParser json) throws IOException {
        json.nextToken();
        int begin = ABSENT;
        for (DetailStep step : steps) {
            begin = step.name() == null ? element(json, step.index()) : member(json, step.name());
            if (begin == ABSENT) {
                return ABSENT;
            }
        }
        return begin;
    }

    private static int member(JsonParser json, String name) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return ABSENT;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            if (name.equals(json.currentName())) {
                int begin = offset(json);
                json.nextToken();
                return begin;
            }
            json.nextToken();
            json.skipChildren();
        }
        return ABSENT;
    }

    private static int element(JsonParser json, int index) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return ABSENT;
        }
        for (int at = 0; json.nextToken() != JsonToken.END_ARRAY; at++) {
            if (at == index) {
                return offset(json);
            }
            json.skipChildren();
        }
        return ABSENT;
    }

    private static int offset(JsonParser json) {
        return (int) json.currentTokenLocation().getCharOffset();
    }

    @Override
    public String toString() {
        return text;
    }
}
