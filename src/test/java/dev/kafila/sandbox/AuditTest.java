package dev.kafila.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.batch.Ledger;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AuditTest {

    @Test
    void whatWasSentAndIsNowhereIsNamed() throws Exception {
        try (SandboxBroker broker = SandboxBroker.start();
                DefaultCamelContext context = new DefaultCamelContext()) {
            broker.createTopic(Workshop.TOPIC, 4);
            SampleProducer producer = new SampleProducer(broker, new SampleRecords(Workshop.TOPIC, 4));
            Audit audit = new Audit(producer.sent(), Ledger.of(context));
            assertThat(audit.isSettled()).isTrue();
            assertThat(audit.problems(broker, "any")).isEmpty();

            SampleProducer.Sent sent = producer.send(1).get(0);
            List<String> problems = audit.problems(broker, "any");

            assertThat(audit.isSettled()).isFalse();
            assertThat(problems)
                    .containsExactly(
                            "the ledger has 0 consumed, sent were 1",
                            sent.partition() + ": committed is 0, its end is 1",
                            sent.partition() + "@0 was sent and not received by the function");
        }
    }
}
