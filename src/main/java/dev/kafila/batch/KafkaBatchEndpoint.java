package dev.kafila.batch;

import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;

/** Consumes batches of records of one partition from Kafka and commits an offset only when all before it is settled. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "kafka-batch",
        title = "Kafka Batch",
        syntax = "kafka-batch:topic",
        consumerOnly = true,
        category = {Category.MESSAGING})
public final class KafkaBatchEndpoint extends KafkaEndpoint {
    @UriParam(label = "consumer", defaultValue = "100")
    private int batchSize = 100;

    @UriParam(label = "consumer", defaultValue = "5242880")
    private long batchBytes = 5L << 20;

    @UriParam(name = "lingerMs", label = "consumer", defaultValue = "500", javaType = "java.time.Duration")
    private Duration linger = Duration.ofMillis(500);

    @UriParam(label = "consumer", defaultValue = "67108864")
    private long bufferBytes = 64L << 20;

    @UriParam(label = "consumer", defaultValue = "16")
    private int maxInFlight = 16;

    @UriParam(label = "consumer", defaultValue = "stop-partition", enums = "retry,stop-partition,stop")
    private String onFailure = "stop-partition";

    @UriParam(label = "consumer", defaultValue = "earliest")
    private String startingPosition = "earliest";

    @UriParam(label = "consumer", defaultValue = "30s", javaType = "java.time.Duration")
    private Duration drainTimeout = Duration.ofSeconds(30);

    @UriParam(label = "consumer,advanced", defaultValue = "60s", javaType = "java.time.Duration")
    private Duration probeInterval = Duration.ofSeconds(60);

    public KafkaBatchEndpoint(String uri, KafkaBatchComponent component) {
        super(uri, component);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        KafkaBatchConsumer consumer = new KafkaBatchConsumer(this, processor, options());
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("kafka-batch only consumes; to write to a topic use kafka:");
    }

    private BatchOptions options() {
        return new BatchOptions(
                batchSize,
                batchBytes,
                linger,
                bufferBytes,
                maxInFlight,
                FailureAction.parse(onFailure),
                StartingPosition.parse(startingPosition),
                drainTimeout,
                probeInterval);
    }

    /** Records of a batch at most, 1 to 10,000. */
    public void setBatchSize(int batchSize) {
        this.batchSize = batchSize;
    }

    /** Bytes of a batch at most, as the records take them in memory; a larger record is a batch of its own. */
    public void setBatchBytes(long batchBytes) {
        this.batchBytes = batchBytes;
    }

    /** How long the first record of a batch waits for more; 0 sends what is there. */
    public void setLinger(Duration linger) {
        this.linger = linger;
    }

    /** Bound of everything that one group member buffers, in bytes; at least 1 MiB. */
    public void setBufferBytes(long bufferBytes) {
        this.bufferBytes = bufferBytes;
    }

    /** Calls that one group member has out at most. */
    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    /** What becomes of a batch whose exchange failed: {@code retry}, {@code stop-partition} or {@code stop}. */
    public void setOnFailure(String onFailure) {
        this.onFailure = onFailure;
    }

    /** Where a new group begins: {@code earliest}, {@code latest} or an ISO-8601 time with an offset. */
    public void setStartingPosition(String startingPosition) {
        this.startingPosition = startingPosition;
    }

    /** How long calls that are out may take to finish on a stop or a revoke; below half of {@code max.poll.interval.ms}. */
    public void setDrainTimeout(Duration drainTimeout) {
        this.drainTimeout = drainTimeout;
    }

    /** How long a partition that stopped because of configuration waits before it is tried again. */
    public void setProbeInterval(Duration probeInterval) {
        this.probeInterval = probeInterval;
    }
}
