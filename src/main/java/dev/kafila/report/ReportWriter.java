package dev.kafila.report;

import dev.kafila.batch.BatchAbandonedException;
import dev.kafila.batch.BatchLease;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.batch.RecordBatch;
import dev.kafila.failure.DeadLetterRecord;
import dev.kafila.failure.DurableProducer;
import dev.kafila.failure.Pending;
import dev.kafila.failure.Report;
import dev.kafila.failure.Sink;
import dev.kafila.failure.TargetTopic;
import dev.kafila.failure.TargetTopics;
import dev.kafila.failure.Written;
import dev.kafila.pipeline.PipelineOptions;
import dev.kafila.pipeline.RecordPipeline;
import dev.kafila.pipeline.SourceState;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes the reports of batches to their topics, one by one, and tells which of them are acknowledged. Thread-safe. */
public final class ReportWriter implements AutoCloseable {
    private final ReportOptions options;
    private final String sourceBrokers;
    private final RecordPipeline pipeline;
    private final AnswerRecords answers;
    private final DurableProducer producer;
    private final TargetTopics topics;

    /**
     * Connects to nothing yet.
     *
     * @param options that are {@link ReportOptions#enabled}
     * @param steps   what happens to a record before it is formatted: an answer shows its key and headers as the function saw them
     * @param sources is told when records cannot be read for now
     */
    public ReportWriter(CamelContext context, ReportOptions options, PipelineOptions steps, SourceState sources) {
        this.options = options;
        KafkaComponent source = context.getComponent("kafka", KafkaComponent.class);
        sourceBrokers = Objects.toString(source.getConfiguration().getBrokers(), "");
        if (options.brokers().isEmpty() && sourceBrokers.isEmpty()) {
            throw new IllegalArgumentException(
                    "reporterBrokers: is required where camel.component.kafka.brokers is not set");
        }
        // Formats that carry bytes read neither keys nor headers, which an answer shows.
        pipeline = RecordPipeline.start(steps, true, true, sources, context);
        answers = new AnswerRecords(pipeline);
        // The endpoint's topic does not matter: each record names its own.
        String topic = (options.answers() ? options.responses() : options.errors()).name();
        String brokers = options.brokers().isEmpty() ? "" : "?brokers=RAW(" + options.brokers() + ")";
        producer = new DurableProducer(
                context.getEndpoint("kafka:" + topic + brokers, KafkaEndpoint.class), options.client());
        topics = new TargetTopics(producer::clientProperties);
    }

    /** Stops the partition of a topic that would get its own reports, and deliver them for ever. */
    public void requireOther(RecordBatch batch) {
        if (options.isSource(batch.topic(), sourceBrokers)) {
            throw new PartitionStopException(
                    batch.coordinates() + " would be reported to the topic that it came from: name another topic",
                    null,
                    false);
        }
    }

    /**
     * Writes what a batch has to report, after creating the topics that are missing.
     *
     * @param member of the group in this process
     * @param lease  whose end throws {@link BatchAbandonedException}; may be null
     * @param batch  for messages
     */
    public Written<Report> write(Pending pending, int member, BatchLease lease, String batch) {
        try {
            for (Report report : pending.reports()) {
                topics.require(topic(report));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BatchAbandonedException(batch);
        }
        Written<Report> written = Written.of(
                pending.reports(), report -> producer.send(() -> record(report, pending.sink(), member)), lease, batch);
        written.rest().forEach(report -> topics.forget(topic(report)));
        return written;
    }

    /** Where a report goes, for messages. */
    public String destination(Report report) {
        return "kafka:" + topic(report).name();
    }

    private TargetTopic topic(Report report) {
        return report instanceof Report.Answered ? options.responses() : options.errors();
    }

    private ProducerRecord<byte[], byte[]> record(Report report, Sink sink, int member) {
        String topic = topic(report).name();
        if (report instanceof Report.GivenUp givenUp) {
            return DeadLetterRecord.of(topic, givenUp.failed(), sink, member);
        }
        return answers.of(topic, (Report.Answered) report);
    }

    @Override
    public void close() {
        producer.close();
        pipeline.close();
    }
}
