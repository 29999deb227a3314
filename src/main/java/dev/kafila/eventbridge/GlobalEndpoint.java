package dev.kafila.eventbridge;

import java.util.List;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4aHttpSigner;

/**
 * What a global endpoint takes besides its id: its requests are for two regions and signed with SigV4A, for which the AWS SDK has a module of
 * its own with native code. It is not in our jar.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html">global endpoints</a>
 */
final class GlobalEndpoint {
    /** What the SDK looks for, and what it signs with. */
    private static final List<String> NEEDED = List.of(
            "software.amazon.awssdk.http.auth.aws.crt.HttpAuthAwsCrt",
            "software.amazon.awssdk.crt.auth.signing.AwsSigner");

    private GlobalEndpoint() {}

    /**
     * Refuses an endpoint that no request could be signed for: the SDK would find that out with each of them.
     *
     * @param id empty: there is none
     */
    static void requireSigner(String id) {
        if (id.isEmpty()) {
            return;
        }
        for (String name : NEEDED) {
            try {
                // Where the SDK itself is: a plug-in directory behind it would be of no use to it.
                Class.forName(name, false, AwsV4aHttpSigner.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new IllegalArgumentException(
                        "endpointId (kafila.eventbridge.endpoint-id): requests to a global endpoint are signed with SigV4A,"
                                + " for which " + name
                                + " is missing: start with software.amazon.awssdk:http-auth-aws-crt:"
                                + VersionInfo.SDK_VERSION + " and software.amazon.awssdk.crt:aws-crt on the class path"
                                + " (java -cp kafila.jar:<both jars> dev.kafila.KafilaMain), or leave the endpoint out",
                        e);
            }
        }
    }
}
