package dev.kafila.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The configuration of the sandbox's broker: one node that is broker and controller, tuned to start fast.
 *
 * @param keys null: the plaintext listener only
 */
record BrokerConfig(Path directory, List<Integer> ports, BrokerKeys keys, Map<String, String> overrides) {
    static final String USER = "kafila";
    static final String USER_PASSWORD = "kafila-secret";
    static final int PORTS = 4;

    private static final String LOGIN = "org.apache.kafka.common.security.";

    String plaintext() {
        return LoopbackPorts.HOST + ":" + ports.get(0);
    }

    String saslPlain() {
        return LoopbackPorts.HOST + ":" + ports.get(2);
    }

    String scram() {
        return LoopbackPorts.HOST + ":" + ports.get(3);
    }

    private String controller() {
        return LoopbackPorts.HOST + ":" + ports.get(1);
    }

    String dataDirectory() {
        return directory.resolve("data").toString();
    }

    /** The user as Kafka's storage formatter takes it. */
    String scramUser() {
        return "SCRAM-SHA-512=[name=" + USER + ",password=" + USER_PASSWORD + "]";
    }

    void deleteDirectory() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The broker's directory cannot be deleted: " + directory, e);
        }
    }

    Map<String, Object> properties() {
        Map<String, Object> config = new HashMap<>();
        config.put("process.roles", "broker,controller");
        config.put("node.id", "1");
        config.put("log.dirs", dataDirectory());
        config.put("controller.quorum.voters", "1@" + controller());
        config.put("controller.listener.names", "CONTROLLER");
        config.put("inter.broker.listener.name", "OPEN");
        addListeners(config);
        addSizes(config);
        addTimes(config);
        // Without rules everybody may do everything; a test denies what it needs denied.
        config.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        config.put("allow.everyone.if.no.acl.found", "true");
        config.putAll(overrides);
        return config;
    }

    private void addListeners(Map<String, Object> config) {
        String open = "OPEN://" + plaintext();
        String secured = keys == null ? "" : ",PLAIN://" + saslPlain() + ",SCRAM://" + scram();
        config.put("listeners", open + secured + ",CONTROLLER://" + controller());
        config.put("advertised.listeners", open + secured);
        config.put(
                "listener.security.protocol.map", "OPEN:PLAINTEXT,CONTROLLER:PLAINTEXT,PLAIN:SASL_SSL,SCRAM:SASL_SSL");
        if (keys != null) {
            addSecurity(config);
        }
    }

    private void addSecurity(Map<String, Object> config) {
        config.put("listener.name.plain.sasl.enabled.mechanisms", "PLAIN");
        config.put(
                "listener.name.plain.plain.sasl.jaas.config",
                LOGIN + "plain.PlainLoginModule required user_" + USER + "=\"" + USER_PASSWORD + "\";");
        config.put("listener.name.scram.sasl.enabled.mechanisms", "SCRAM-SHA-512");
        config.put("listener.name.scram.scram-sha-512.sasl.jaas.config", LOGIN + "scram.ScramLoginModule required;");
        config.put("ssl.keystore.type", "PKCS12");
        config.put("ssl.keystore.location", keys.keyStore().toString());
        config.put("ssl.keystore.password", BrokerKeys.PASSWORD);
        config.put("ssl.key.password", BrokerKeys.PASSWORD);
    }

    private static void addSizes(Map<String, Object> config) {
        config.put("offsets.topic.replication.factor", "1");
        config.put("offsets.topic.num.partitions", "1");
        config.put("transaction.state.log.replication.factor", "1");
        config.put("transaction.state.log.num.partitions", "1");
        config.put("transaction.state.log.min.isr", "1");
        // A misspelt topic must be seen, not made.
        config.put("auto.create.topics.enable", "false");
        config.put("log.cleaner.dedupe.buffer.size", "2097152");
        config.put("log.cleaner.threads", "1");
    }

    private static void addTimes(Map<String, Object> config) {
        config.put("group.initial.rebalance.delay.ms", "0");
        config.put("group.min.session.timeout.ms", "500");
        config.put("broker.heartbeat.interval.ms", "500");
        config.put("controller.quorum.election.timeout.ms", "100");
    }
}
