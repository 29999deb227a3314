package dev.kafila.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.record.KafkaRecord;
import dev.kafila.record.TestRecords;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterPatternsTest {
    private static final String PAID = "{\"value\":{\"status\":[\"paid\"]}}";
    private static final String LARGE = "{\"value\":{\"amount\":[{\"numeric\":[\">\",100]}]}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"status\":\"paid\",\"amount\":1}   | true",
                "{\"status\":\"open\",\"amount\":101} | true",
                "{\"status\":\"open\",\"amount\":100} | false",
                "plain text                           | true"
            })
    void aRecordThatMatchesOneOfSeveralPatternsIsWanted(String value, boolean wanted) {
        RecordFilter filter = RecordFilter.of(FilterPatterns.option(List.of(PAID, LARGE)));

        assertThat(filter.matches(record(value))).isEqualTo(wanted);
    }

    /** A text such as 5 is a number for the first pattern, and a text for the second. */
    @Test
    void onePatternDoesNotChangeWhatAnotherSees() {
        RecordFilter filter = RecordFilter.of(FilterPatterns.option(List.of("{\"value\":[6]}", "{\"value\":[\"5\"]}")));

        assertThat(filter.matches(record("5"))).isTrue();
        assertThat(filter.matches(record("6"))).isTrue();
        assertThat(filter.matches(record("7"))).isFalse();
    }

    @Test
    void whatAnyOfThePatternsNamesIsDecoded() {
        RecordFilter filter =
                RecordFilter.of(FilterPatterns.option(List.of("{\"topic\":[\"orders\"]}", "{\"key\":[\"k\"]}")));

        assertThat(filter.readsKey()).isTrue();
        assertThat(filter.readsValue()).isFalse();
        assertThat(filter.readsHeaders()).isFalse();
    }

    @Test
    void noPatternFiltersNothing() {
        assertThat(FilterPatterns.option(List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[null]", "[{}]", "[\"{}\"]", "[\"{\\\"value\\\":[1]}\"] more"})
    void anArrayThatHoldsNoPatternIsRefused(String option) {
        assertThatThrownBy(() -> RecordFilter.of(option)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void asManyAndAsLongPatternsAsAwsGrantsAreTaken() {
        String longest = "{\"value\":[\"" + "x".repeat(4_096 - 14) + "\"]}";

        assertThat(longest).hasSize(4_096);
        assertThatCode(() -> FilterPatterns.check(Collections.nCopies(10, longest)))
                .doesNotThrowAnyException();
        assertThatCode(() -> FilterPatterns.check(List.of())).doesNotThrowAnyException();
    }

    @Test
    void oneMoreIsRefused() {
        assertThatThrownBy(() -> FilterPatterns.check(Collections.nCopies(11, PAID)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("FilterCriteria has 11 filters, which are more than 10");
        assertThatThrownBy(
                        () -> FilterPatterns.check(List.of(PAID, "{\"value\":[\"" + "x".repeat(4_096 - 13) + "\"]}")))
                .hasMessage("FilterCriteria.Filters[1].Pattern has 4097 characters, which are more than 4096");
    }

    @Test
    void thePatternThatIsNoneIsNamedAndWhy() {
        assertThatThrownBy(() -> FilterPatterns.check(List.of(PAID, "{\"value\":[{\"prefx\":\"a\"}]}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("FilterCriteria.Filters[1].Pattern is no pattern: ")
                .hasMessageContaining("prefx");
        assertThatThrownBy(() -> FilterPatterns.check(List.of("")))
                .hasMessageStartingWith("FilterCriteria.Filters[0].Pattern is no pattern: ");
        assertThatThrownBy(() -> FilterPatterns.check(Arrays.asList(PAID, null)))
                .hasMessage("FilterCriteria.Filters[1].Pattern is missing");
    }

    @Test
    void alternativesThatMultiplyAreRefusedBeforeTheyAreMade() {
        String multiplying = IntStream.range(0, 90)
                .mapToObj(i -> "\"k" + i + "\":{\"$or\":[{\"x\":[1]},{\"y\":[1]}]}")
                .collect(Collectors.joining(",", "{\"value\":{", "}}"));

        assertThat(multiplying).hasSizeLessThan(FilterPatterns.LONGEST);
        assertThatThrownBy(() -> FilterPatterns.check(List.of(multiplying)))
                .hasMessageContaining("more than 1000 combinations");
    }

    @Test
    void wildcardsThatTakeTooLongAreRefused() {
        assertThatThrownBy(() ->
                        FilterPatterns.check(List.of("{\"value\":[{\"wildcard\":\"*" + "a*".repeat(1_500) + "\"}]}")))
                .hasMessageContaining("too many wildcards");
        assertThatCode(() -> FilterPatterns.check(
                        List.of("{\"value\":{\"path\":[{\"wildcard\":\"*/logs/*/2026-*/error-*.txt\"}]}}")))
                .doesNotThrowAnyException();
    }

    private static KafkaRecord record(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return new KafkaRecord(
                TestRecords.record(7, "k", "v"),
                SchemaAndValue.NULL,
                new SchemaAndValue(Schema.OPTIONAL_BYTES_SCHEMA, bytes));
    }
}
