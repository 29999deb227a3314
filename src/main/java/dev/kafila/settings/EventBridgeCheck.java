package dev.kafila.settings;

import java.util.Optional;

/** What has to fit together among the settings of the route to EventBridge. */
final class EventBridgeCheck {

    private final Values values;
    private final FlowCheck flow;

    EventBridgeCheck(Values values, Problems problems) {
        this.values = values;
        flow = new FlowCheck(values, problems, EventBridgeKeys.PREFIX);
    }

    /** @param maxPollIntervalMs empty when nobody can say */
    void run(Optional<Integer> maxPollIntervalMs) {
        if (flow.areRight("topics", "bus")
                && !flow.text("topics").isEmpty()
                && flow.text("bus").isEmpty()) {
            flow.missing("bus", "is required, because " + flow.name("topics") + " is set");
        }
        if (flow.areRight("source") && flow.text("source").startsWith("aws.")) {
            flow.wrong("source", "must not begin with aws., which EventBridge keeps for AWS itself");
        }
        if (flow.areRight("batch-bytes", "buffer-bytes")) {
            flow.buffer(values.size(flow.name("batch-bytes")));
        }
        offload();
        flow.run(maxPollIntervalMs);
    }

    private void offload() {
        for (String option : new String[] {"offload.when", "offload.path"}) {
            if (values.isChosen(flow.name(option))
                    && flow.text("offload.bucket").isEmpty()) {
                flow.wrong(option, "has no effect without " + flow.name("offload.bucket"));
            }
        }
    }
}
