package dev.kafila.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker with every way to log in that Kafka has for passwords and certificates, each on a listener of its own, where nobody may do what
 * no rule allows. Only the plaintext listener of {@link #open()} may everything.
 */
public final class SecuredBroker implements AutoCloseable {
    /** Of the only user of {@link Listener#IAM}, who is known by it. */
    public static final String ACCESS_KEY_ID = "AKIDEXAMPLE";

    /** Goes with {@link #ACCESS_KEY_ID}. */
    public static final String SECRET_ACCESS_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static final int ITERATIONS = 4096;
    private static final String LOGIN = "org.apache.kafka.common.security.";

    private final List<Integer> ports = LoopbackPorts.take(Listener.values().length);
    private final SandboxBroker broker;
    private final ClientKeys client;
    private final BrokerKeys keys;

    /** A way to the broker. */
    public enum Listener {
        /** SASL/PLAIN over TLS. */
        PLAIN("SASL_SSL"),
        /** SCRAM-SHA-256 and SCRAM-SHA-512 over TLS. */
        SCRAM("SASL_SSL"),
        /** SCRAM-SHA-256 and SCRAM-SHA-512 without TLS. */
        OPENSCRAM("SASL_PLAINTEXT"),
        /** AWS_MSK_IAM over TLS. */
        IAM("SASL_SSL"),
        /** The same of a broker whose clock is 16 minutes ahead: what clients sign is valid for 15. */
        LATEIAM("SASL_SSL"),
        /** TLS that asks for no certificate of the client. */
        TLS("SSL"),
        /** TLS that asks for the client's certificate. */
        MTLS("SSL");

        private final String protocol;

        Listener(String protocol) {
            this.protocol = protocol;
        }
    }

    private SecuredBroker() throws IOException {
        Path directory = Files.createTempDirectory("kafila-secured-broker");
        keys = BrokerKeys.generate(directory);
        client = ClientKeys.generate(Files.createDirectory(directory.resolve("client")));
        BrokerConfig plain = new BrokerConfig(directory, LoopbackPorts.take(BrokerConfig.PORTS), keys, Map.of());
        broker = new SandboxBroker(new BrokerConfig(directory, plain.ports(), keys, properties(plain)));
    }

    public static SecuredBroker start() {
        try {
            return new SecuredBroker();
        } catch (IOException e) {
            throw new UncheckedIOException("The secured broker has no directory to work in", e);
        }
    }

    private Map<String, String> properties(BrokerConfig plain) {
        String own = Stream.of(Listener.values())
                .map(listener -> listener + "://" + address(listener))
                .collect(Collectors.joining(","));
        String protocols = Stream.of(Listener.values())
                .map(listener -> listener + ":" + listener.protocol)
                .collect(Collectors.joining(","));
        String controller = LoopbackPorts.HOST + ":" + plain.ports().get(1);
        Map<String, String> properties = new HashMap<>();
        properties.put("listeners", "OPEN://" + plain.plaintext() + ",CONTROLLER://" + controller + "," + own);
        properties.put("advertised.listeners", "OPEN://" + plain.plaintext() + "," + own);
        properties.put("listener.security.protocol.map", "OPEN:PLAINTEXT,CONTROLLER:PLAINTEXT," + protocols);
        for (String listener : List.of("scram", "openscram")) {
            String prefix = "listener.name." + listener + ".";
            properties.put(prefix + "sasl.enabled.mechanisms", "SCRAM-SHA-256,SCRAM-SHA-512");
            properties.put(prefix + "scram-sha-256.sasl.jaas.config", LOGIN + "scram.ScramLoginModule required;");
            properties.put(prefix + "scram-sha-512.sasl.jaas.config", LOGIN + "scram.ScramLoginModule required;");
        }
        iam("iam", Duration.ZERO, properties);
        iam("lateiam", Duration.ofMinutes(16), properties);
        properties.put("listener.name.mtls.ssl.client.auth", "required");
        properties.put("ssl.truststore.type", "PEM");
        properties.put("ssl.truststore.certificates", client.certificate());
        properties.put("allow.everyone.if.no.acl.found", "false");
        properties.put("super.users", "User:ANONYMOUS");
        return properties;
    }

    private static void iam(String listener, Duration ahead, Map<String, String> properties) {
        String prefix = "listener.name." + listener + ".";
        properties.put(prefix + "sasl.enabled.mechanisms", "AWS_MSK_IAM");
        properties.put(prefix + "aws_msk_iam.sasl.jaas.config", IamKeys.jaas(ACCESS_KEY_ID, SECRET_ACCESS_KEY, ahead));
        properties.put(prefix + "aws_msk_iam.sasl.server.callback.handler.class", IamKeys.class.getName());
    }

    /** The same broker without any security. */
    public SandboxBroker open() {
        return broker;
    }

    /** What to connect to, as {@code host:port}. */
    public String address(Listener listener) {
        return LoopbackPorts.HOST + ":" + ports.get(List.of(Listener.values()).indexOf(listener));
    }

    /** What a client has to trust, in PEM. */
    public String certificate() {
        try {
            return Files.readString(keys.caFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a client of {@link Listener#MTLS} is known by; its user is {@code CN=localhost}. */
    public ClientKeys client() {
        return client;
    }

    /** Lets the user log in by SCRAM with this password, and no other. */
    public void setPassword(String user, String password) {
        for (ScramMechanism mechanism : List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
            ScramCredentialInfo info = new ScramCredentialInfo(mechanism, ITERATIONS);
            await(broker.admin()
                    .alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user, info, password)))
                    .all());
        }
    }

    /** Lets the user read the topic in any group. */
    public void allowReads(String user, String topic) {
        await(broker.admin().createAcls(reads(user, topic)).all());
    }

    /** Takes {@link #allowReads} back. */
    public void denyReads(String user, String topic) {
        await(broker.admin()
                .deleteAcls(
                        reads(user, topic).stream().map(AclBinding::toFilter).toList())
                .all());
    }

    /** Lets the user write to the topic. */
    public void allowWrites(String user, String topic) {
        AccessControlEntry write =
                new AccessControlEntry("User:" + user, "*", AclOperation.WRITE, AclPermissionType.ALLOW);
        ResourcePattern of = new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL);
        await(broker.admin().createAcls(List.of(new AclBinding(of, write))).all());
    }

    private static List<AclBinding> reads(String user, String topic) {
        AccessControlEntry read =
                new AccessControlEntry("User:" + user, "*", AclOperation.READ, AclPermissionType.ALLOW);
        return List.of(
                new AclBinding(new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL), read),
                new AclBinding(new ResourcePattern(ResourceType.GROUP, "*", PatternType.LITERAL), read));
    }

    private static void await(KafkaFuture<?> answer) {
        try {
            answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the broker", e);
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
