package dev.kafila.settings;

/** How much one request carries. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
final class LambdaPayload {

    private static final long SYNC = 6_291_556;
    private static final long ASYNC = 1 << 20;

    private final Values values;

    LambdaPayload(Values values) {
        this.values = values;
    }

    /** In bytes. */
    long limit() {
        Long chosen = values.get(LambdaKeys.PREFIX + "payload-limit", Long.class);
        if (chosen != null) {
            return chosen;
        }
        return "async".equals(values.text(LambdaKeys.PREFIX + "invocation-type")) ? ASYNC : SYNC;
    }

    /** In bytes; a batch that nobody sized is never larger than a request. */
    long batchBytes() {
        String name = LambdaKeys.PREFIX + "batch-bytes";
        return values.isChosen(name) ? values.size(name) : Math.min(values.size(name), limit());
    }
}
