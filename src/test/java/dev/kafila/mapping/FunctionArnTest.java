package dev.kafila.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;

class FunctionArnTest {
    private static final String OWN = "arn:aws:lambda:eu-central-1:123456789012:function:";

    @ParameterizedTest
    @CsvSource({
        "orders, orders",
        "orders:live, orders:live",
        "orders:$LATEST, orders:$LATEST",
        "function:orders, orders",
        "123456789012:function:orders:7, orders:7",
        "arn:aws:lambda:eu-central-1:123456789012:function:orders, orders"
    })
    void aNameOrAPartOfAnArnBecomesTheArn(String text, String name) {
        assertThat(FunctionArn.of(text, Region.EU_CENTRAL_1, "123456789012")).hasValue(OWN + name);
    }

    @Test
    void theArnOfAnotherAccountAndRegionStays() {
        String arn = "arn:aws:lambda:us-east-1:01234567890:function:my-kafka-function";

        assertThat(FunctionArn.of(arn, Region.EU_CENTRAL_1, "123456789012")).hasValue(arn);
    }

    @Test
    void aRegionOfAnotherPartitionIsNamedSo() {
        assertThat(FunctionArn.of("orders", Region.CN_NORTH_1, "123456789012"))
                .hasValue("arn:aws-cn:lambda:cn-north-1:123456789012:function:orders");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "or ders",
                "orders.eu",
                "orders:",
                "a:b:c",
                "arn:aws:lambda:eu-central-1:function:orders",
                "arn:aws:sqs:eu-central-1:123456789012:orders",
                "orders\n"
            })
    void anythingElseIsNoFunction(String text) {
        assertThat(FunctionArn.of(text, Region.EU_CENTRAL_1, "123456789012")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:lambda:eu-central-1:000000000000:function:orders, orders",
        "arn:aws:lambda:eu-central-1:000000000000:function:orders:live, orders:live",
        "arn:aws:lambda:eu-central-1:123456789012:function:orders:live, arn:aws:lambda:eu-central-1:123456789012:function:orders:live"
    })
    void aFunctionWithoutAnAccountIsCalledInTheOneOfTheCredentials(String arn, String called) {
        assertThat(FunctionArn.toCall(arn)).isEqualTo(called);
    }
}
