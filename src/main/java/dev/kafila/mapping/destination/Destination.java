package dev.kafila.mapping.destination;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a mapping keeps what it gives up.
 *
 * @param region  of a queue or topic of AWS; null for buckets and topics of Kafka
 * @param account of a queue or topic of AWS; null for buckets and topics of Kafka
 * @param name    of the queue, topic or bucket
 * @param text    as the mapping names it
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_OnFailure.html">OnFailure</a>
 */
public record Destination(Kind kind, String region, String account, String name, String text) {
    private static final Pattern QUEUE_OR_TOPIC =
            Pattern.compile("arn:aws[\\w-]*:(sqs|sns):([a-z0-9-]+):(\\d{12}):([\\w-]+(?:\\.fifo)?)");
    private static final Pattern BUCKET = Pattern.compile("arn:aws[\\w-]*:s3:::([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])");
    private static final Pattern KAFKA = Pattern.compile("kafka://([a-zA-Z0-9_-][a-zA-Z0-9._-]{0,248})");

    /** What kind of thing it is. */
    public enum Kind {
        SQS,
        SNS,
        S3,
        /** A topic on the mapping's own cluster. */
        KAFKA
    }

    /** Empty for whatever is neither a queue, topic or bucket of AWS nor a topic of Kafka. */
    public static Optional<Destination> read(String text) {
        Matcher arn = QUEUE_OR_TOPIC.matcher(text);
        if (arn.matches()) {
            Kind kind = Kind.valueOf(arn.group(1).toUpperCase(Locale.ROOT));
            return Optional.of(new Destination(kind, arn.group(2), arn.group(3), arn.group(4), text));
        }
        Matcher bucket = BUCKET.matcher(text);
        if (bucket.matches()) {
            return Optional.of(new Destination(Kind.S3, null, null, bucket.group(1), text));
        }
        Matcher topic = KAFKA.matcher(text);
        return topic.matches()
                ? Optional.of(new Destination(Kind.KAFKA, null, null, topic.group(1), text))
                : Optional.empty();
    }

    /** Whether it takes messages in groups, each message once. */
    boolean isFifo() {
        return (kind == Kind.SQS || kind == Kind.SNS) && name.endsWith(".fifo");
    }

    @Override
    public String toString() {
        return text;
    }
}
