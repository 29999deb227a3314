package dev.kafila.eventbridge;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.kafila.eventbridge.DetailPath.Cut;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Takes a part out of details that goes to S3 instead, as AWS's own sink connector for Kafka does: a claim check.
 *
 * @param bucket where it goes
 * @param always whether it is taken out of every detail; if not, only of those that are too large
 * @param path   the part
 */
record Offload(String bucket, boolean always, DetailPath path) {
    private static final String ALWAYS = "always";
    private static final String TOO_LARGE = "too-large";
    private static final String VALUE = "value";
    private static final String WHOLE_VALUE = "$.detail." + VALUE;
    private static final String NULL = "null";

    /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
    private static final Pattern BUCKET =
            Pattern.compile("(?=.{3,63}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?" + "(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*");

    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

    /** What AWS keeps for itself, for access points and for buckets that are no general ones. */
    private static final Pattern RESERVED =
            Pattern.compile("(?:xn--|sthree-|amzn-s3-demo-).*|.*(?:-s3alias|--ol-s3|\\.mrap|--x-s3|--table-s3)");

    /**
     * Reads the parameters of a sink; null if nothing is offloaded.
     *
     * @param parameters text of a parameter by its name; empty: the default
     * @throws IllegalArgumentException if one is not right, with its name
     */
    static Offload of(UnaryOperator<String> parameters) {
        String bucket = parameters.apply("offloadBucket");
        String when = text(parameters, "offloadWhen", TOO_LARGE);
        String path = text(parameters, "offloadPath", WHOLE_VALUE);
        if (bucket.isEmpty()) {
            // The defaults come with every kamelet.
            require(when.equals(TOO_LARGE), "offloadWhen: has no effect without offloadBucket");
            require(path.equals(WHOLE_VALUE), "offloadPath: has no effect without offloadBucket");
            return null;
        }
        require(
                BUCKET.matcher(bucket).matches()
                        && !ADDRESS.matcher(bucket).matches()
                        && !RESERVED.matcher(bucket).matches(),
                "offloadBucket: '" + bucket
                        + "' is not a name that a bucket of S3 can have: 3 to 63 of a-z, 0-9, - and ., and no ARN or alias");
        require(
                when.equals(ALWAYS) || when.equals(TOO_LARGE),
                "offloadWhen: '" + when + "' is neither " + TOO_LARGE + " nor " + ALWAYS);
        DetailPath part = DetailPath.of("offloadPath", path);
        require(part.isIn(VALUE), "offloadPath: '" + path + "' does not lead into " + WHOLE_VALUE);
        return new Offload(bucket, when.equals(ALWAYS), part);
    }

    private static String text(UnaryOperator<String> parameters, String name, String otherwise) {
        String value = parameters.apply(name);
        return value.isEmpty() ? otherwise : value;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /**
     * A detail without the part, which says where that is.
     *
     * @param upload what was taken out
     */
    record Claim(String detail, Upload upload) {}

    /** Takes the part out; null if the detail has none, or if that is JSON's null. */
    Claim claim(String detail) {
        Cut cut = path.cut(detail);
        if (cut == null || cut.value().equals(NULL)) {
            return null;
        }
        Upload upload = Upload.of(cut.value());
        String rest = cut.rest();
        return new Claim(
                rest.substring(0, rest.length() - 1) + ",\"dataref\":\"arn:aws:s3:::" + bucket + '/' + upload.key()
                        + "\",\"datarefJsonPath\":\"" + quoted(path.toString()) + "\"}",
                upload);
    }

    private static String quoted(String text) {
        return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
