package dev.kafila.lambda;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What to call.
 *
 * @param name      name, partial or full ARN, without version and alias
 * @param qualifier version or alias; null: none
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke, FunctionName</a>
 */
public record FunctionName(String name, String qualifier) {
    private static final Pattern FORM =
            Pattern.compile("((?:arn:aws[\\w-]*:lambda:[a-z0-9-]+:)?(?:\\d{11,12}:)?(?:function:)?([\\w.-]+))"
                    + "(?::(\\$LATEST|[\\w-]+))?");

    /** What CreateFunction takes; an address may hold dots where it stands for something else than Lambda. */
    private static final Pattern OF_LAMBDA = Pattern.compile("[\\w-]{1,64}");

    /** Empty if the text is neither a name nor an ARN. */
    public static Optional<FunctionName> read(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new FunctionName(form.group(1), form.group(3))) : Optional.empty();
    }

    /** The same with this version or alias, unless it has one; "" stands for none. */
    FunctionName orQualified(String version) {
        return qualifier != null || version.isEmpty() ? this : new FunctionName(name, version);
    }

    /** Whether Lambda lets a function have this name: 64 of letters, digits, dash and underscore. */
    boolean isPossible() {
        Matcher form = FORM.matcher(name);
        return form.matches() && OF_LAMBDA.matcher(form.group(2)).matches();
    }

    /** As messages and dead letters name it: the form that AWS calls a qualified name or ARN. */
    @Override
    public String toString() {
        return qualifier == null ? name : name + ":" + qualifier;
    }
}
