package dev.kafila.mapping;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** Reads the names that a request may give a function: its name, a part of its ARN, or the whole ARN, each with or without a qualifier. */
public final class FunctionArn {
    /** Accounts have twelve digits; those of AWS's own examples have eleven. */
    private static final Pattern FORM =
            Pattern.compile("(?:(arn:aws[\\w-]*:lambda:[a-z0-9-]+):)?(?:(\\d{11,12}):)?(?:function:)?"
                    + "([A-Za-z0-9_-]{1,64})(?::(\\$LATEST|[A-Za-z0-9_-]{1,128}))?");

    private static final Pattern WITH_QUALIFIER = Pattern.compile("(arn:[^:]+:lambda:[^:]+:[^:]+:function:[^:]+):.*");

    /** Nobody's: what {@code kafila.mapping.account} is unless somebody sets it. */
    private static final Pattern WITHOUT_ACCOUNT = Pattern.compile("arn:[^:]+:lambda:[^:]+:0{12}:function:(.+)");

    private FunctionArn() {}

    /**
     * The ARN of what a request names.
     *
     * @param account of a function that is named without one
     * @return empty if the text is neither a name nor an ARN of a function
     */
    public static Optional<String> of(String text, Region region, String account) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || (form.group(1) != null && form.group(2) == null)) {
            return Optional.empty();
        }
        String before = form.group(1) == null ? prefix(region) : form.group(1);
        String owner = form.group(2) == null ? account : form.group(2);
        String qualifier = form.group(4) == null ? "" : ":" + form.group(4);
        return Optional.of(before + ":" + owner + ":function:" + form.group(3) + qualifier);
    }

    /** What the ARNs of Lambda's things begin with in a region. */
    public static String prefix(Region region) {
        return "arn:" + PartitionMetadata.of(region).id() + ":lambda:" + region.id();
    }

    /** What Lambda is asked for: without an account that is nobody's, so that it looks in the one of the credentials. */
    public static String toCall(String arn) {
        Matcher nobodys = WITHOUT_ACCOUNT.matcher(arn);
        return nobodys.matches() ? nobodys.group(1) : arn;
    }

    /** The same function whatever its version or alias. */
    static String withoutQualifier(String arn) {
        Matcher qualified = WITH_QUALIFIER.matcher(arn);
        return qualified.matches() ? qualified.group(1) : arn;
    }
}
