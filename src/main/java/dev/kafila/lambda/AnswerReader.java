package dev.kafila.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/**
 * Reads an answer piece by piece. Nothing is converted and nothing is kept: numbers have the digits that came, and neither depth nor
 * length has a limit but the answer's own. Whatever is not JSON throws {@link IOException}.
 */
final class AnswerReader implements AutoCloseable {
    /** Digits of the longest number that is surely a long. */
    private static final int LONG_DIGITS = 18;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private final String answer;
    private final JsonParser parser;

    AnswerReader(String answer) throws IOException {
        this.answer = answer;
        this.parser = JSON.createParser(answer);
    }

    /** Goes to the next token; null at the end. */
    JsonToken next() throws IOException {
        return parser.nextToken();
    }

    /** Goes to the next member of the object that the reader is in, and returns its name; null at the object's end. */
    String nextMember() throws IOException {
        return parser.nextToken() == JsonToken.FIELD_NAME ? parser.currentName() : null;
    }

    /** Passes over the rest of the value that the reader is at, if it has one. */
    void skip() throws IOException {
        parser.skipChildren();
    }

    /** Passes over the value that the reader is at, and returns its text as it came. */
    String text() throws IOException {
        int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
        if (parser.currentToken().isStructStart()) {
            parser.skipChildren();
        } else {
            parser.finishToken();
        }
        return answer.substring(start, Math.toIntExact(parser.currentLocation().getCharOffset()));
    }

    /** The string that the reader is at; null if that is something else. */
    String string() throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
    }

    /** The whole number that the reader is at; null if that is something else, or more than any offset. */
    Long integer() throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() <= LONG_DIGITS
                ? Long.valueOf(parser.getText())
                : null;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
