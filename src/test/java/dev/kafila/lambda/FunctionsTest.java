package dev.kafila.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionsTest {
    private static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:function:";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "f                                   | orders | f      |",
                "f:live                              | orders | f      | live",
                "f:$LATEST                           | orders | f      | $LATEST",
                "123456789012:function:f:7           | orders | 123456789012:function:f | 7",
                "on-${topic}                         | orders | on-orders |",
                "${topic}:live                       | orders | orders | live",
                "orders=f, customers=g, *=h          | orders | f      |",
                "orders=f,customers=g:7,*=h          | customers | g   | 7",
                "orders=f,customers=g,*=h            | other  | h      |",
                "orders=f,*=on-${topic}:live         | other  | on-other | live",
                "a.b-c_d=f                           | a.b-c_d | f     |",
            })
    void eachFormNamesTheFunctionOfATopic(String text, String topic, String name, String qualifier) {
        assertThat(functions(text).of(topic)).isEqualTo(new FunctionName(name, qualifier));
    }

    @Test
    void anArnMayCarryAVersionOrAnAlias() {
        Functions functions = functions("orders=" + ARN + "f:live,*=" + ARN + "on-${topic}");

        assertThat(functions.of("orders")).isEqualTo(new FunctionName(ARN + "f", "live"));
        assertThat(functions.of("other")).hasToString(ARN + "on-other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "my function",
                "f,g",
                "orders=",
                "=f",
                "orders=f,g",
                "orders=f,",
                "orders=f,orders=g",
                "orders=f=g",
                "ord ers=f",
                "f-${Topic}",
                "f:",
                "arn:aws:sqs:eu-west-1:123456789012:orders",
            })
    void anythingElseIsNotTaken(String text) {
        assertThat(Functions.read(text)).isEmpty();
    }

    @Test
    void aTopicWithoutFunctionIsNamedWithWhatToWrite() {
        Functions functions = functions("orders=f");

        assertThatThrownBy(() -> functions.of("customers"))
                .isInstanceOf(NoFunctionException.class)
                .hasMessage("Topic customers has no function:"
                        + " name one as customers=function, or one for all other topics as *=function");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu.orders", "a23456789-123456789-123456789-123456789-123456789-123456789-12345"})
    void aTemplateThatMakesANameThatLambdaDoesNotAllowIsRefused(String topic) {
        assertThatThrownBy(() -> functions("${topic}").of(topic))
                .isInstanceOf(NoFunctionException.class)
                .hasMessageStartingWith("Topic " + topic + " has no function: " + topic + " is not a name");
    }

    @Test
    void whatIsNamedIsKnownBeforeAnyRecordIs() {
        assertThat(functions("orders=f,customers=g:7,*=h").known(Set.of()))
                .extracting(FunctionName::toString)
                .containsExactly("f", "g:7", "h");
        assertThat(functions("orders=f,*=on-${topic}").known(List.of("orders", "a", "b")))
                .extracting(FunctionName::toString)
                .containsExactly("f", "on-a", "on-b");
    }

    @Test
    void topicsWithoutFunctionAndFunctionsWithoutTopicAreProblems() {
        List<String> topics = List.of("orders", "customers");

        assertThat(functions("orders=f,custmers=g").problems(topics, topics::contains))
                .satisfiesExactly(
                        missing -> assertThat(missing).startsWith("Topic customers has no function"),
                        typo -> assertThat(typo).isEqualTo("Topic custmers has a function and is not consumed"));
        assertThat(functions("orders=f,*=h").problems(topics, topics::contains)).isEmpty();
    }

    @Test
    void aQualifierForAllIsForThoseThatHaveNone() {
        assertThat(new FunctionName("f", null).orQualified("live")).hasToString("f:live");
        assertThat(new FunctionName("f", "7").orQualified("live")).hasToString("f:7");
        assertThat(new FunctionName("f", null).orQualified("")).hasToString("f");
        assertThat(functions("orders=f:7,*=h").areQualified()).isFalse();
        assertThat(functions("orders=f:7,*=on-${topic}:live").areQualified()).isTrue();
    }

    private static Functions functions(String text) {
        return Functions.read(text).orElseThrow();
    }
}
