package dev.kafila.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.gateway.request.RequestException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderListTest {
    @Test
    void aValueKeepsWhatTheOriginalLost() throws RequestException {
        assertThat(read("my-key=a-b,equation=a=b,percent=50%20,path=/x?y"))
                .containsExactly(
                        Map.entry("my-key", "a-b"),
                        Map.entry("equation", "a=b"),
                        Map.entry("percent", "50%20"),
                        Map.entry("path", "/x?y"));
    }

    @Test
    void aValueInQuotationMarksMayHaveCommasAndSpacesAroundIt() throws RequestException {
        assertThat(read("a=\"1, 2\", b = \" x \" ,c=\"say \\\"hi\\\" \\\\o/\""))
                .containsExactly(Map.entry("a", "1, 2"), Map.entry("b", " x "), Map.entry("c", "say \"hi\" \\o/"));
    }

    @Test
    void aQuotationMarkInsideAValueIsOne() throws RequestException {
        assertThat(read("size=21\",say=a\"b\"c"))
                .containsExactly(Map.entry("size", "21\""), Map.entry("say", "a\"b\"c"));
    }

    @Test
    void emptyElementsAndSpacesAroundElementsDoNotCount() throws RequestException {
        assertThat(read(" , a=1 ,\tb=2,,")).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
        assertThat(read("")).isEmpty();
    }

    @Test
    void aValueMayBeEmpty() throws RequestException {
        assertThat(read("a=,b=\"\"")).containsExactly(Map.entry("a", ""), Map.entry("b", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a=1,b,c=2|'b' is not name=value",
                "=1|'=1' is not name=value",
                "a=1,a=2|'a' is there twice",
                "a=\"1,b=2|'a=\"1,b=2' lacks a quotation mark at its end",
                "a=\"1\\|'a=\"1\\' lacks a quotation mark at its end",
                "a=\"1\"2,b=3|'a=\"1\"2' goes on after its quotation mark"
            })
    void whatIsNotOfThisFormIsNamed(String text, String problem) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(RequestException.class)
                .hasMessage("message-headers: " + problem);
    }

    @Property
    void whatIsQuotedReadsBack(@ForAll List<@NotEmpty @AlphaChars String> names, @ForAll List<String> values)
            throws RequestException {
        Map<String, String> headers = names.stream()
                .distinct()
                .collect(Collectors.toMap(
                        name -> name, name -> values.isEmpty() ? "" : values.get(names.indexOf(name) % values.size())));
        String text = headers.entrySet().stream()
                .map(header -> header.getKey() + "=\""
                        + header.getValue().replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(","));

        assertThat(read(text)).isEqualTo(headers);
    }

    @Property
    void nothingElseThanRefusalsHappens(@ForAll String text) {
        try {
            read(text);
        } catch (RequestException e) {
            assertThat(e.status()).isEqualTo(400);
        }
    }

    private static Map<String, String> read(String... lines) throws RequestException {
        return HeaderList.read(Arrays.asList(lines));
    }
}
