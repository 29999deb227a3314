package dev.kafila.interop;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's AWS CLI, a client in Python that AWS itself maintains. */
final class AwsCli {
    /** By its path: another {@code aws} may come first on the search path, and differs in what it takes as payload. */
    private static final String PROGRAM = "/usr/bin/aws";

    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("AWS_ACCESS_KEY_ID", "INTEROP"),
            Map.entry("AWS_SECRET_ACCESS_KEY", "interop"),
            Map.entry("AWS_DEFAULT_REGION", "eu-central-1"),
            Map.entry("AWS_CONFIG_FILE", "/nonexistent"),
            Map.entry("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent"),
            Map.entry("AWS_EC2_METADATA_DISABLED", "true"),
            Map.entry("AWS_MAX_ATTEMPTS", "1"),
            Map.entry("AWS_PAGER", ""),
            Map.entry("NO_PROXY", "127.0.0.1"));

    private final URI endpoint;

    private AwsCli(URI endpoint) {
        this.endpoint = endpoint;
    }

    static AwsCli of(URI endpoint) throws Exception {
        Program.requireInstalled(PROGRAM, "awscli");
        return new AwsCli(endpoint);
    }

    /** What it prints as JSON; fails if the command does. */
    String run(String... arguments) throws Exception {
        return execute(arguments).success().asUtf8String();
    }

    /** What it says about a command that has to fail. */
    String failure(String... arguments) throws Exception {
        Program.Result result = execute(arguments);
        if (result.status() == 0) {
            throw new AssertionError("It succeeded: " + result.output().asUtf8String());
        }
        return result.errors();
    }

    private Program.Result execute(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(PROGRAM, "--endpoint-url", endpoint.toString(), "--output", "json"));
        command.addAll(List.of(arguments));
        return Program.run(command, ENVIRONMENT, Program.NOTHING);
    }
}
