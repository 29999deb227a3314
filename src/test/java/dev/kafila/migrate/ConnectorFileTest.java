package dev.kafila.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorFileTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"orders\", \"config\": {\"topics\": \"a\"}}",
                "{\"name\": \"orders\", \"topics\": \"a\"}",
                "{\"name\":\"orders\",\"config\":{\"topics\":\"a\"},\"tasks\":[{\"connector\":\"orders\",\"task\":0}],\"type\":\"sink\"}",
                "{\"orders\": {\"info\": {\"name\": \"orders\", \"config\": {\"topics\": \"a\"}}, \"status\": {}}}",
                "[{\"name\": \"orders\", \"config\": {\"topics\": \"a\"}}]",
                "name=orders\ntopics=a",
                "  name = orders\n! a comment\n  topics : \\\n     a",
                "\uFEFF// from the wiki\n{\"name\": \"orders\", /* ours */ \"config\": {\"topics\": \"a\", # all\n}}",
                "```json\n{\"name\": 'orders', \"config\": {\"topics\": \"a\", \"x\": null,}}\n```",
            })
    void aConnectorIsReadInEveryFormThatItLiesAboutIn(String text) {
        List<Connector> connectors = ConnectorFile.read("file", text);

        assertThat(connectors).singleElement().satisfies(connector -> {
            assertThat(connector.name()).isEqualTo("orders");
            assertThat(connector.config()).containsEntry("topics", "a").doesNotContainKey("x");
        });
    }

    @Test
    void severalDocumentsAreSeveralConnectors() {
        assertThat(ConnectorFile.read("file", "{\"name\":\"a\",\"config\":{}}\n{\"name\":\"b\",\"config\":{}}"))
                .extracting(Connector::name)
                .containsExactly("a", "b");
    }

    @Test
    void numbersAndFlagsAreTexts() {
        assertThat(ConnectorFile.read("file", "{\"tasks.max\": 1, \"aws.lambda.batch.enabled\": false}")
                        .get(0)
                        .config())
                .isEqualTo(Map.of("tasks.max", "1", "aws.lambda.batch.enabled", "false"));
    }

    @Test
    void aPlaceholderNeedsNoQuotes() {
        assertThat(ConnectorFile.read("file", "{\"a\": <Your function ARN>,\n\"b\": \"x: <not, this>,\"}")
                        .get(0)
                        .config())
                .isEqualTo(Map.of("a", "<Your function ARN>", "b", "x: <not, this>,"));
    }

    @Test
    void aConnectorWithoutANameIsCalledLikeItsFile() {
        Connector connector = ConnectorFile.read("orders-sink", "topics=a").get(0);

        assertThat(connector.name()).isEqualTo("orders-sink");
        assertThat(connector.named()).isFalse();
    }

    @Test
    void whatIsNotReadableSaysWhere() {
        assertRefused("{\n  \"topics\": \"a\"\n  \"name\": \"b\"\n}", "is not JSON at line 3, column");
        assertRefused("{\"config\": {\"topics\": {\"a\": 1}}}", "topics must be a text");
        assertRefused("[1]", "that is no connector");
        assertRefused("[]", "there is no connector in it");
        assertRefused("", "is empty");
        assertRefused("x=\\u12", "four digits");
    }

    private static void assertRefused(String text, String problem) {
        assertThatThrownBy(() -> ConnectorFile.read("file", text))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining(problem);
    }
}
