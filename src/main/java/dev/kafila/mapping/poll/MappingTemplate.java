package dev.kafila.mapping.poll;

import dev.kafila.batch.BatchAbandonedException;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.batch.RouteStopException;
import dev.kafila.failure.RetryException;
import dev.kafila.failure.UndeliverableException;
import org.apache.camel.builder.RouteBuilder;

/**
 * The template of a mapping's route. Its clauses are those of {@code delivery-failures} and {@code lambda-dead-letters}, which a user may
 * edit for flows of his own.
 */
final class MappingTemplate extends RouteBuilder {
    static final String ID = "event-source-mapping";

    @Override
    public void configure() {
        routeTemplate(ID)
                .templateParameter("topic")
                .templateParameter("group")
                .templateParameter("client")
                .templateParameter("clients")
                .templateParameter("pollers")
                .templateParameter("batchSize")
                .templateParameter("linger")
                .templateParameter("startingPosition")
                .templateParameter("bufferBytes")
                .templateParameter("maxInFlight")
                .templateParameter("drainTimeout")
                .templateParameter("probeInterval")
                .templateParameter("delivery")
                .templateParameter("destination")
                .from("kafka-batch:{{topic}}?groupId=RAW({{group}})&clientId={{client}}&kafkaClientFactory=#{{clients}}"
                        + "&consumersCount={{pollers}}&batchSize={{batchSize}}&lingerMs={{linger}}"
                        + "&startingPosition={{startingPosition}}&bufferBytes={{bufferBytes}}&maxInFlight={{maxInFlight}}"
                        + "&drainTimeout={{drainTimeout}}&probeInterval={{probeInterval}}&onFailure=retry")
                .onException(RetryException.class)
                .maximumRedeliveries(-1)
                .redeliveryDelay(500)
                .asyncDelayedRedelivery()
                .logRetryAttempted(false)
                .logExhausted(false)
                .end()
                .onException(PartitionStopException.class, RouteStopException.class, BatchAbandonedException.class)
                .maximumRedeliveries(0)
                .logExhausted(false)
                .end()
                .onException(UndeliverableException.class)
                .handled(true)
                .maximumRedeliveries(0)
                .logExhausted(false)
                .logHandled(false)
                .process("{{destination}}")
                .end()
                // What is called is set here, never by a header.
                .removeHeaders("CamelAwsLambda*")
                .process("{{delivery}}");
    }
}
