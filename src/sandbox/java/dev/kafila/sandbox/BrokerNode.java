package dev.kafila.sandbox;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** The one node of the sandbox's cluster, broker and controller in one, with storage that outlives its restarts. */
final class BrokerNode implements Node {
    private static final String CLUSTER_ID = "kafila-sandbox-broker0";

    private final BrokerConfig config;
    private KafkaRaftServer server;

    private BrokerNode(BrokerConfig config) {
        this.config = config;
    }

    static BrokerNode started(BrokerConfig config) {
        try {
            format(config);
            BrokerNode node = new BrokerNode(config);
            node.restart();
            return node;
        } catch (RuntimeException e) {
            config.deleteDirectory();
            throw e;
        }
    }

    /** As {@link #started}, on what an earlier one left in its directory, if there is something. */
    static BrokerNode opened(BrokerConfig config) {
        if (!Files.exists(Path.of(config.dataDirectory()))) {
            return started(config);
        }
        BrokerNode node = new BrokerNode(config);
        node.restart();
        return node;
    }

    @Override
    public synchronized void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    @Override
    public synchronized void restart() {
        stop();
        KafkaRaftServer starting = new KafkaRaftServer(new KafkaConfig(config.properties()), Time.SYSTEM);
        starting.startup();
        server = starting;
    }

    private static void format(BrokerConfig config) {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            Formatter formatter = new Formatter()
                    .setNodeId(1)
                    .setClusterId(CLUSTER_ID)
                    .addDirectory(config.dataDirectory())
                    .setMetadataLogDirectory(config.dataDirectory())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setPrintStream(nowhere);
            formatter.setScramArguments(List.of(config.scramUser()));
            formatter.run();
        } catch (Exception e) {
            throw new IllegalStateException("The broker's storage cannot be formatted: " + config.dataDirectory(), e);
        }
    }
}
