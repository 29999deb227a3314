package dev.kafila.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What a drain is made of, each alone in a process of its own: the AWS SDK, and a consumer of Kafka. */
final class Limits {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** So much that it is no limit. */
    private static final String HEAP = "-Xmx1g";

    private final Path directory;
    private final BrokerProcess broker;
    private final EndpointProcess endpoint;
    private final List<String> jvmOptions;
    private final Duration warmUp;
    private final Duration length;

    /**
     * Runs processes in a directory.
     *
     * @param jvmOptions of each, as of the process that drains, but for the heap
     * @param warmUp     how long each works before it is measured
     * @param length     how long it is measured
     */
    Limits(
            Path directory,
            BrokerProcess broker,
            EndpointProcess endpoint,
            List<String> jvmOptions,
            Duration warmUp,
            Duration length) {
        this.directory = directory;
        this.broker = broker;
        this.endpoint = endpoint;
        this.jvmOptions = Stream.concat(jvmOptions.stream(), Stream.of(HEAP)).toList();
        this.warmUp = warmUp;
        this.length = length;
    }

    /** The SDK's asynchronous client with as many requests out at once, of as many records of that size, at an endpoint as slow. */
    Cost sdk(Setup setup, long recordsOfRequest) {
        return sdk("async", setup, recordsOfRequest);
    }

    /** The same with the client that Kafila has, which waits for each answer on a thread. */
    Cost waitingSdk(Setup setup, long recordsOfRequest) {
        return sdk("sync", setup, recordsOfRequest);
    }

    private Cost sdk(String client, Setup setup, long recordsOfRequest) {
        endpoint.begin(setup.latencyMs(), 0, false);
        return told(
                SdkLimit.class,
                "endpoint=" + endpoint.address(),
                "client=" + client,
                "operation=" + (setup.flow().lambda() ? "invoke" : "putevents"),
                "batch=" + recordsOfRequest,
                "bytes=" + setup.backlog().bytes(),
                "concurrency=" + setup.concurrency(),
                "warm-up=" + warmUp.toSeconds(),
                "seconds=" + length.toSeconds());
    }

    /** A member of a group that reads the same topic and does nothing with it. */
    Cost consumer(Backlog backlog) {
        broker.fill(backlog);
        return told(
                ConsumerLimit.class,
                "brokers=" + broker.address(),
                "topic=" + backlog.topic(),
                "records=" + backlog.records(),
                "warm-up=" + warmUp.toSeconds(),
                "seconds=" + length.toSeconds());
    }

    private Cost told(Class<?> main, String... arguments) {
        String beginning = "{";
        try (Child child = Child.start(main, directory.resolve("limits.log"), jvmOptions, arguments)) {
            return JSON.readValue(beginning + child.awaitLine(beginning), Cost.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(main.getSimpleName() + " has not told what it measured", e);
        }
    }
}
