package dev.kafila.lambda;

import static dev.kafila.lambda.LambdaFlow.FUNCTION;
import static dev.kafila.record.TestRecords.records;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.Outcomes;
import dev.kafila.sandbox.SandboxAws;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

class ReadableAnswersTest {

    @Test
    void anAnswerIsHandedOnToTheLastByte() {
        SdkBytes answer = SdkBytes.fromUtf8String("\"é\\u00e9😀\"");

        assertThat(new ReadableAnswers(new Answering(answer)).invoke(request()).payload())
                .isEqualTo(answer);
    }

    @Test
    void aFunctionWhoseAnswerIsNoTextHasTakenItsRecordsAndIsNotCalledAgain() throws Exception {
        Answering client = new Answering(SdkBytes.fromByteArray(new byte[] {'"', -1, '"'}));
        try (SandboxAws aws = SandboxAws.start();
                LambdaFlow flow = LambdaFlow.to(aws).with("function", FUNCTION).with("client", "answering")) {
            flow.bind("answering", client).start();

            Exchange exchange = flow.send(null, records("a")).get(20, TimeUnit.SECONDS);

            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getProperty(BatchConstants.OUTCOMES)).isEqualTo(Outcomes.delivered(1));
            assertThat(client.calls).hasValue(1);
        }
    }

    private static InvokeRequest request() {
        return InvokeRequest.builder().functionName(FUNCTION).build();
    }

    private static final class Answering implements LambdaClient {
        private final SdkBytes answer;
        private final AtomicInteger calls = new AtomicInteger();

        Answering(SdkBytes answer) {
            this.answer = answer;
        }

        @Override
        public InvokeResponse invoke(InvokeRequest request) {
            calls.incrementAndGet();
            return InvokeResponse.builder().statusCode(200).payload(answer).build();
        }

        @Override
        public String serviceName() {
            return "lambda";
        }

        @Override
        public void close() {}
    }
}
