package dev.kafila.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.batch.Outcomes;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.batch.RecordBatch;
import dev.kafila.record.TestRecords;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeadLetterSinkTest {

    @Test
    void recordsAfterTheOneThatCannotBeWrittenAreKeptOnceAndInOrder() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext();
                DeadLetterSink sink = new DeadLetterSink()) {
            context.addRoutes(refusal());
            context.start();
            sink.setCamelContext(context);
            sink.setEndpoint("direct:refuse");
            sink.start();
            List<FailedRecord> failed =
                    IntStream.range(0, 3).mapToObj(DeadLetterSinkTest::failed).toList();
            Exchange exchange = exchange(context, failed);

            assertThatThrownBy(() -> sink.process(exchange)).isInstanceOf(PartitionStopException.class);

            Pending pending = Pending.of(exchange);
            assertThat(pending.failed()).isEqualTo(failed);
            assertThat(pending.outcomes()).isEqualTo(Outcomes.NONE);
        }
    }

    @Test
    void nothingIsDeadLetteredWhileAReportIsUnwritten() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext();
                DeadLetterSink sink = new DeadLetterSink()) {
            context.start();
            sink.setCamelContext(context);
            sink.setEndpoint("mock:dead-letters");
            sink.start();
            List<FailedRecord> failed = List.of(failed(0));
            Exchange exchange = exchange(context, failed);
            Pending.of(exchange)
                    .plusReports(List.of(new Report.GivenUp(failed.get(0), Outcomes.NONE)))
                    .storeIn(exchange);
            PartitionStopException unwritten = new PartitionStopException("no right to write", null, true);
            exchange.setProperty(Exchange.EXCEPTION_CAUGHT, unwritten);

            assertThatThrownBy(() -> sink.process(exchange)).isSameAs(unwritten);

            assertThat(Pending.of(exchange).failed()).isEqualTo(failed);
            assertThat(context.getEndpoint("mock:dead-letters", MockEndpoint.class)
                            .getReceivedExchanges())
                    .isEmpty();
        }
    }

    @Test
    void aBatchThatFailedBeforeAnySinkHadItIsDeadLetteredWhole() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext();
                DeadLetterSink sink = new DeadLetterSink()) {
            context.start();
            sink.setCamelContext(context);
            sink.setEndpoint("mock:dead-letters");
            sink.start();
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody(new RecordBatch("orders", 0, TestRecords.records("a", "b"), 0));
            exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException("cannot enrich a"));

            sink.process(exchange);

            assertThat(Pending.of(exchange).outcomes()).isEqualTo(Outcomes.deadLettered(2));
            assertThat(context.getEndpoint("mock:dead-letters", MockEndpoint.class)
                            .getReceivedExchanges())
                    .extracting(letter -> letter.getMessage().getBody(String.class))
                    .hasSize(2)
                    .allMatch(letter -> letter.contains("\"__connect.errors.stage\":\"TRANSFORMATION\"")
                            && letter.contains("java.lang.IllegalStateException")
                            && !letter.contains("cannot enrich"));
        }
    }

    private static Exchange exchange(DefaultCamelContext context, List<FailedRecord> failed) {
        List<ConsumerRecord<byte[], byte[]>> records =
                failed.stream().map(FailedRecord::record).toList();
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(new RecordBatch("orders", 0, records, 0));
        new Pending(new Sink("id", "kafka-to-lambda", "on-order"), List.of(), failed, Outcomes.NONE).storeIn(exchange);
        return exchange;
    }

    private static FailedRecord failed(int offset) {
        Failure failure = Failure.of(
                FailureKind.PERMANENT, "400", Stage.TASK_PUT, "sink", "refused", new IllegalStateException("refused"));
        var record = new ConsumerRecord<>("orders", 0, offset, new byte[0], new byte[0]);
        return new FailedRecord(record, failure, 1, Instant.EPOCH, Instant.EPOCH);
    }

    private static RouteBuilder refusal() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:refuse").throwException(IllegalStateException.class, "no room");
            }
        };
    }
}
