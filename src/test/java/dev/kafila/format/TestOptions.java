package dev.kafila.format;

import dev.kafila.format.FormatOptions.Input;

/** Options of formats as tests need them. */
final class TestOptions {
    static final Input TEXT = new Input("string", "string", false);
    static final Input DECODED = new Input("json", "json", true);

    private TestOptions() {}

    static FormatOptions options(boolean batch) {
        return options(batch, TEXT);
    }

    static FormatOptions options(boolean batch, Input input) {
        return of(batch, false, SchemaVisibility.MIN, input);
    }

    static FormatOptions withHeaders(boolean batch) {
        return of(batch, true, SchemaVisibility.MIN, TEXT);
    }

    /** The same visibility for key and value. */
    static FormatOptions showing(boolean batch, SchemaVisibility schemas) {
        return of(batch, false, schemas, TEXT);
    }

    static FormatOptions msk(String arn) {
        return new FormatOptions(
                true, false, SchemaVisibility.MIN, SchemaVisibility.MIN, "b-1.example:9092", arn, TEXT);
    }

    private static FormatOptions of(boolean batch, boolean headers, SchemaVisibility schemas, Input input) {
        return new FormatOptions(batch, headers, schemas, schemas, "b-2.example:9092,b-1.example:9092", "", input);
    }
}
