package dev.kafila.eventbridge;

import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4aHttpSigner;

/**
 * What a global endpoint takes besides its id. Its requests are for two regions and signed with SigV4A, which the AWS SDK has in a module of
 * its own, with native code.
 */
final class GlobalEndpoint {

    private GlobalEndpoint() {}

    /**
     * Refuses an endpoint that every request to would fail.
     *
     * @param id empty: there is none
     */
    static void requireSigner(String id) {
        if (id.isEmpty()) {
            return;
        }
        try {
            var unused = AwsV4aHttpSigner.create();
        } catch (RuntimeException | LinkageError e) {
            throw new IllegalArgumentException(
                    "endpointId (kafila.eventbridge.endpoint-id): requests to a global endpoint are signed with SigV4A,"
                            + " for which the AWS SDK needs software.amazon.awssdk:http-auth-aws-crt:"
                            + VersionInfo.SDK_VERSION
                            + " and software.amazon.awssdk.crt:aws-crt: put both into the plug-in directory, or leave the"
                            + " endpoint out",
                    e);
        }
    }
}
