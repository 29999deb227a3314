package dev.kafila.migrate;

import static dev.kafila.migrate.Mapping.special;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The classes that connectors take AWS credentials from, with their options. */
final class Credentials {
    static final String PREFIX = "aws.credentials.provider.";

    private static final String CLASS = PREFIX + "class";
    private static final String SETTING = "kafila.aws.credentials-provider";
    private static final String SDK = "software.amazon.awssdk.auth.credentials.";
    private static final String SDK_1 = "com.amazonaws.auth.";

    /** What an AWS SDK looks for by itself. */
    private static final Set<String> DEFAULTS =
            Set.of(SDK_1 + "DefaultAWSCredentialsProviderChain", SDK + "DefaultCredentialsProvider");

    /** Classes of the AWS SDK 1, which is not here, and who does the same in the AWS SDK 2. */
    private static final Map<String, String> SUCCESSORS = Map.of(
            SDK_1 + "EnvironmentVariableCredentialsProvider", SDK + "EnvironmentVariableCredentialsProvider",
            SDK_1 + "SystemPropertiesCredentialsProvider", SDK + "SystemPropertyCredentialsProvider",
            SDK_1 + "InstanceProfileCredentialsProvider", SDK + "InstanceProfileCredentialsProvider",
            SDK_1 + "EC2ContainerCredentialsProviderWrapper", SDK + "ContainerCredentialsProvider",
            SDK_1 + "WebIdentityTokenCredentialsProvider", SDK + "WebIdentityTokenFileCredentialsProvider",
            SDK_1 + "profile.ProfileCredentialsProvider", SDK + "ProfileCredentialsProvider");

    /** Their options are settings of ours: Nordstrom's two, and the one that Confluent's connectors are given. */
    private static final List<String> KNOWN = List.of(
            "AWSAssumeRoleCredentialsProvider", "AwsAssumeRoleCredentialsProvider", "AWSUserCredentialsProvider");

    private Credentials() {}

    static List<Mapping> mappings() {
        return List.of(
                special(
                        CLASS,
                        null,
                        SETTING,
                        "a class of the AWS SDK 2; `...AWSAssumeRoleCredentialsProvider` and `...AWSUserCredentialsProvider` are"
                                + " the settings below",
                        Credentials::provider),
                option("role.arn", "kafila.aws.role-arn"),
                option("session.name", "kafila.aws.role-session-name"),
                option("external.id", "kafila.aws.external-id"),
                option("access.key", "kafila.aws.access-key-id"),
                option("secret.key", "kafila.aws.secret-access-key"),
                option("sts.role.arn", "kafila.aws.role-arn"),
                option("sts.role.session.name", "kafila.aws.role-session-name"),
                option("sts.role.external.id", "kafila.aws.external-id"),
                option("sts.aws.access.key.id", "kafila.aws.access-key-id"),
                option("sts.aws.secret.key.id", "kafila.aws.secret-access-key"),
                Mapping.lost(
                        PREFIX + "*",
                        "options of a provider class of your own are not passed to it; it may read its environment"));
    }

    /** Takes a class of a provider, or says why not. */
    static void provider(Property property, Draft draft) {
        String type = property.value();
        if (property.isOpen()) {
            draft.open(SETTING, property);
        } else if (DEFAULTS.contains(type)) {
            draft.needless(property, "is the AWS SDK's own chain, here as well");
        } else if (isKnown(type)) {
            draft.mapped(property, "the settings of its options");
        } else if (SUCCESSORS.containsKey(type)) {
            draft.set(SETTING, SUCCESSORS.get(type), property);
        } else if (type.startsWith("com.amazonaws.")) {
            draft.lost(property, "is a class of the AWS SDK 1: name one of the AWS SDK 2 as credentialsProvider");
        } else {
            draft.set(SETTING, type, property);
            if (!type.startsWith("software.amazon.")) {
                draft.changes(
                        "credentialsProvider",
                        "the class has to be an AwsCredentialsProvider of the AWS SDK 2; put its jar into lib/ beside"
                                + " kafila.jar");
            }
        }
    }

    private static Mapping option(String name, String setting) {
        boolean secret = setting.endsWith("access-key-id") || setting.endsWith("secret-access-key");
        return special(PREFIX + name, null, setting, secret ? "a placeholder" : "", (property, draft) -> {
            if (!isKnown(draft.text(CLASS))) {
                draft.needless(property, "is not an option of the credentials provider that is set");
            } else if (secret || property.isOpen()) {
                draft.open(setting, secret ? property.asSecret() : property);
            } else {
                draft.set(setting, property.value(), property);
            }
        });
    }

    private static boolean isKnown(String type) {
        return KNOWN.contains(type.substring(type.lastIndexOf('.') + 1));
    }
}
