package dev.kafila.mapping.schemas;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ARN of a registry of AWS Glue, as far as anybody needs it. */
record GlueRegistryArn(String region) {
    private static final Pattern FORM = Pattern.compile("arn:aws[\\w-]*:glue:([a-z0-9-]+):\\d{12}:registry/[\\w.$#-]+");

    /** Empty if it is none. */
    static Optional<GlueRegistryArn> of(String uri) {
        Matcher arn = FORM.matcher(uri);
        return arn.matches() ? Optional.of(new GlueRegistryArn(arn.group(1))) : Optional.empty();
    }
}
