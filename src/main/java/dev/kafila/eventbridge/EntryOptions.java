package dev.kafila.eventbridge;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What entries say besides their records.
 *
 * @param bus         name or ARN of the event bus
 * @param source      of every event
 * @param detailType  of each event
 * @param resources   of every event
 * @param time        of each event
 * @param traceHeader name of the header of a record that holds a trace header of X-Ray; empty: none does
 * @param offload     what goes to S3 instead; null: nothing
 */
record EntryOptions(
        String bus,
        String source,
        DetailType detailType,
        List<String> resources,
        EventTime time,
        String traceHeader,
        Offload offload) {
    private static final String SOURCE_PREFIX = "kafka-connect.";
    private static final String CONNECTOR_ID = "kafila";
    private static final String RESERVED = "aws.";
    private static final String CONNECT_HEADERS = "org.apache.kafka.connect.storage.SimpleHeaderConverter";

    /** In characters: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html */
    private static final int RESOURCE_LENGTH = 2048;

    /**
     * Reads the parameters of a sink.
     *
     * @param parameters text of a parameter by its name; empty: the default
     * @throws IllegalArgumentException if one is not right, with its name
     */
    static EntryOptions of(UnaryOperator<String> parameters) {
        String bus = parameters.apply("bus");
        if (bus.isEmpty()) {
            throw new IllegalArgumentException("bus: name or ARN of the event bus is missing");
        }
        return new EntryOptions(
                bus,
                source(parameters),
                DetailType.of(parameters.apply("detailType"), items(parameters.apply("topics"))),
                resources(parameters.apply("resources")),
                EventTime.of(parameters.apply("time")),
                parameters.apply("traceHeader"),
                Offload.of(parameters));
    }

    /**
     * The converter of headers: the one that is named, or, with {@code headerTypes=connect}, the one that takes a value for what it looks
     * like.
     *
     * @throws IllegalArgumentException if the types are unknown, or contradict the converter
     */
    static String headerConverter(UnaryOperator<String> parameters) {
        String converter = parameters.apply("headerConverter");
        String types = parameters.apply("headerTypes");
        if (types.isEmpty() || types.equals("string")) {
            return converter;
        }
        if (!types.equals("connect")) {
            throw new IllegalArgumentException("headerTypes: '" + types + "' is neither string nor connect");
        }
        if (!converter.isEmpty() && !converter.equals("string") && !converter.equals(CONNECT_HEADERS)) {
            throw new IllegalArgumentException("headerTypes: connect means " + CONNECT_HEADERS
                    + ", but headerConverter is " + converter + ": leave one of them out");
        }
        return CONNECT_HEADERS;
    }

    private static String source(UnaryOperator<String> parameters) {
        String given = parameters.apply("source");
        String id = parameters.apply("connectorId");
        String source = given.isEmpty() ? SOURCE_PREFIX + (id.isEmpty() ? CONNECTOR_ID : id) : given;
        if (source.startsWith(RESERVED)) {
            throw new IllegalArgumentException(
                    "source: '" + source + "' begins with " + RESERVED + ", which EventBridge keeps for AWS itself");
        }
        return source;
    }

    private static List<String> resources(String list) {
        List<String> resources = items(list);
        for (String resource : resources) {
            if (resource.length() > RESOURCE_LENGTH) {
                throw new IllegalArgumentException("resources: '" + resource + "' has more than the " + RESOURCE_LENGTH
                        + " characters that EventBridge takes");
            }
        }
        return resources;
    }

    private static List<String> items(String list) {
        return Arrays.stream(list.split(","))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
