package dev.kafila.settings;

import dev.kafila.lambda.Functions;
import java.util.Optional;

/** What has to fit together among the settings of the route to Lambda. */
final class LambdaCheck {

    private final Values values;
    private final Problems problems;
    private final FlowCheck flow;

    LambdaCheck(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
        flow = new FlowCheck(values, problems, LambdaKeys.PREFIX);
    }

    /** @param maxPollIntervalMs empty when nobody can say */
    void run(Optional<Integer> maxPollIntervalMs) {
        function();
        qualifier();
        batch();
        bytes();
        new AnswersCheck(values, problems).run();
        flow.run(maxPollIntervalMs);
    }

    private void function() {
        if (flow.text("topics").isEmpty() || !flow.areRight("function", "topics")) {
            return;
        }
        Functions functions = values.get(flow.name("function"), Functions.class);
        if (functions == null) {
            flow.missing("function", "is required, because " + flow.name("topics") + " is set");
            return;
        }
        Topics topics = values.topics(flow.name("topics"));
        functions.problems(topics.names(), topics::include).forEach(problem -> flow.wrong("function", problem));
    }

    private void qualifier() {
        if (flow.areRight("function", "qualifier")
                && !flow.text("qualifier").isEmpty()
                && !flow.text("function").isEmpty()
                && values.get(flow.name("function"), Functions.class).areQualified()) {
            flow.wrong("qualifier", "is already part of " + flow.name("function") + "; leave one of them out");
        }
    }

    private void batch() {
        if (flow.areRight("batch", "batch-size")
                && !values.flag(flow.name("batch"))
                && values.isChosen(flow.name("batch-size"))) {
            flow.wrong("batch-size", "has no effect with " + flow.name("batch") + "=false; remove one of them");
        }
    }

    private void bytes() {
        if (!flow.areRight("batch-bytes", "buffer-bytes", "payload-limit", "invocation-type")) {
            return;
        }
        LambdaPayload payload = new LambdaPayload(values);
        if (payload.batchBytes() > payload.limit()) {
            flow.wrong(
                    "batch-bytes",
                    "must not be more than one request holds: " + flow.name("payload-limit") + " is "
                            + Sizes.text(payload.limit()));
        }
        flow.buffer(payload.batchBytes());
    }
}
