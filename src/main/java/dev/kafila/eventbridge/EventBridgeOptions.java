package dev.kafila.eventbridge;

import dev.kafila.delivery.SinkOptions;
import java.time.Duration;
import java.util.Map;

/** The parameters of the kamelet {@code kafila-eventbridge-sink}. */
final class EventBridgeOptions extends SinkOptions {
    /** Of one request, in bytes: 1 MB since January 2026, 256 KB before. */
    private static final int LIMIT = 1_048_576;

    /** Names of parameters and their values, which may be null. */
    EventBridgeOptions(Map<String, ?> parameters) {
        super(parameters);
    }

    @Override
    protected String pipelineParameter(String name) {
        return name.equals("headerConverter")
                ? EntryOptions.headerConverter(super::pipelineParameter)
                : super.pipelineParameter(name);
    }

    /** Name of a client bean of S3; empty: the sink makes its own from {@link #aws}. */
    String offloadClient() {
        return text("offloadClient", "");
    }

    EntryOptions entries() {
        return EntryOptions.of(name -> text(name, ""));
    }

    /** Of a global endpoint; empty: there is none. */
    String endpointId() {
        return text("endpointId", "");
    }

    /** What the entries of one request stay below, in bytes. */
    int payloadLimit() {
        return number("payloadLimit", LIMIT, 1);
    }

    /** Whether the requests of a partition go out one after another. */
    boolean ordered() {
        return flag("ordered", false);
    }

    /** Requests that may be out at once. */
    int maxInFlight() {
        return number("maxInFlight", 64, 1);
    }

    /** Most requests a second; 0: as many as there are. */
    int rateLimit() {
        return number("rateLimit", 0, 0);
    }

    /** Of one request. Not named timeout, which is an option of Camel's kamelet endpoints themselves. */
    Duration timeout() {
        return duration("callTimeout", "30s");
    }
}
