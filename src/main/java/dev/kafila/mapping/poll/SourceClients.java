package dev.kafila.mapping.poll;

import dev.kafila.mapping.Allowance;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;

/**
 * Makes the Kafka clients of one mapping. Whether it may have them is asked, and its secrets are read, when one is made: they are in no
 * address, and a secret that was changed heals. What this process itself logs in with is none of a mapping's business.
 */
public final class SourceClients implements KafkaClientFactory {
    private static final List<String> SECURITY = List.of("ssl.", "sasl.", "security.");

    private final EventSourceMappingConfiguration mapping;
    private final Allowance allowance;
    private final Secrets secrets;

    SourceClients(EventSourceMappingConfiguration mapping, Allowance allowance, Secrets secrets) {
        this.mapping = mapping;
        this.allowance = allowance;
        this.secrets = secrets;
    }

    /** @throws SourceException if the mapping cannot have one */
    @Override
    public Consumer<byte[], byte[]> getConsumer(Properties properties) {
        return made(ofConsumer(properties), KafkaConsumer::new);
    }

    /** @throws SourceException if the mapping cannot have one */
    @Override
    public Producer<byte[], byte[]> getProducer(Properties properties) {
        return made(own(properties), KafkaProducer::new);
    }

    @Override
    public String getBrokers(KafkaConfiguration configuration) {
        return addresses();
    }

    String addresses() {
        return SourceSecurity.addresses(allowance.brokers(mapping));
    }

    Properties ofConsumer(Properties properties) {
        Properties own = own(properties);
        // A misspelt topic must be seen, not made.
        own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return own;
    }

    private Properties own(Properties properties) {
        allowance.refusal(mapping).ifPresent(refusal -> {
            throw new SourceException(Problem.configuration(refusal));
        });
        Properties own = new Properties();
        properties.forEach((name, value) -> {
            if (SECURITY.stream().noneMatch(name.toString()::startsWith)) {
                own.put(name, value);
            }
        });
        own.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, addresses());
        own.putAll(SourceSecurity.properties(
                allowance.brokers(mapping), mapping.sourceAccessConfigurations(), secrets::get));
        return own;
    }

    /** What Kafka says about keys and passwords may quote them, so only its kind is told. */
    private <C> C made(Properties own, Function<Properties, C> maker) {
        try {
            return maker.apply(own);
        } catch (KafkaException e) {
            boolean key = Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
                    .anyMatch(cause -> cause instanceof InvalidConfigurationException
                            || cause instanceof GeneralSecurityException);
            if (key) {
                throw new SourceException(Problem.INVALID_KEY);
            }
            throw new SourceException(resolves() ? Problem.REFUSED : Problem.CONNECTION);
        }
    }

    /** Kafka refuses a configuration of which it can resolve no broker, which may be over by itself. */
    private boolean resolves() {
        return Arrays.stream(addresses().split(",", -1)).anyMatch(SourceClients::resolves);
    }

    private static boolean resolves(String broker) {
        String host = broker.substring(0, Math.max(0, broker.lastIndexOf(':')));
        return !new InetSocketAddress(host, 0).isUnresolved();
    }
}
