package dev.kafila.mapping.poll;

import static dev.kafila.mapping.poll.PollerFixture.await;
import static dev.kafila.mapping.poll.PollerFixture.mapping;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import dev.kafila.batch.MemberControl;
import dev.kafila.batch.MemberState;
import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Observation;
import dev.kafila.sandbox.SecuredBroker;
import dev.kafila.sandbox.SecuredBroker.Listener;
import dev.kafila.settings.MappingSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.lambda.model.SourceAccessConfiguration;
import software.amazon.awssdk.services.lambda.model.SourceAccessType;

/** Whatever can be seen of a mapping, its secrets are not among it. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class SecretLeakTest {
    private static final String PASSWORD = "p4ssw0rd-n0b0dy-may-see";
    private static final String BAD_KEY = "k3y-n0b0dy-may-see";
    private static final String TOPIC = "kept";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Map<Logger, Level> levels = new HashMap<>();
    private final SecuredBroker broker = SecuredBroker.start();
    private final PollerFixture fixture = new PollerFixture();

    @BeforeEach
    void listen() {
        log.start();
        for (String name : List.of(Logger.ROOT_LOGGER_NAME, "dev.kafila", "org.apache.camel", "org.apache.kafka")) {
            Logger logger = (Logger) LoggerFactory.getLogger(name);
            levels.put(logger, logger.getLevel());
            logger.setLevel(name.equals(Logger.ROOT_LOGGER_NAME) ? Level.INFO : Level.DEBUG);
        }
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(log);
    }

    @AfterEach
    void close() {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(log);
        levels.forEach(Logger::setLevel);
        fixture.close();
        broker.close();
    }

    @Test
    void noSecretIsInALogAnExceptionAnMBeanOrARoute() throws Exception {
        broker.open().createTopic(TOPIC, 1);
        broker.setPassword("carol", PASSWORD);
        broker.allowReads("carol", TOPIC);
        fixture.allowing(allowed());
        Mapping works = of(Listener.SCRAM, SourceAccessType.SASL_SCRAM_512_AUTH, "carol");
        Mapping refused = of(Listener.PLAIN, SourceAccessType.BASIC_AUTH, "carol");
        Mapping broken = of(Listener.MTLS, SourceAccessType.CLIENT_CERTIFICATE_TLS_AUTH, "client");
        fixture.run(1, works, refused, broken);
        fixture.awaitRunning(works, 1);
        fixture.awaitReason(refused, "EVENT_SOURCE_AUTHN_ERROR");
        fixture.awaitReason(broken, "ESM_CONFIG_NOT_VALID");

        List<String> seen = new ArrayList<>();
        fixture.pollers.observe().stream().map(Observation::toString).forEach(seen::add);
        failures().forEach(failure -> seen.add(trace(failure)));
        seen.addAll(beans());
        seen.addAll(model(fixture.context));
        fixture.pollers.close();
        List.copyOf(log.list).forEach(event -> {
            seen.add(event.getFormattedMessage());
            for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
                seen.add(cause.getMessage());
            }
        });

        assertThat(seen).hasSizeGreaterThan(100);
        assertThat(seen).filteredOn(Objects::nonNull).noneMatch(holds(PASSWORD)).noneMatch(holds(BAD_KEY));
    }

    private static Predicate<String> holds(String secret) {
        return text -> text.contains(secret);
    }

    private MappingSettings.Allowed allowed() {
        return new MappingSettings.Allowed(
                List.of(broker.address(Listener.SCRAM), broker.address(Listener.PLAIN), broker.address(Listener.MTLS)),
                Map.of(),
                List.of(),
                Map.of(
                        "carol", Map.of("username", "carol", "password", PASSWORD),
                        "client", Map.of("certificate", broker.client().certificate(), "key", BAD_KEY),
                        "root", Map.of("certificate", broker.certificate())),
                List.of(),
                List.of("*"),
                List.of("*"));
    }

    private Mapping of(Listener listener, SourceAccessType type, String secret) {
        return mapping(
                broker.address(listener),
                TOPIC,
                "orders",
                configuration -> configuration.sourceAccessConfigurations(
                        access(type, secret), access(SourceAccessType.SERVER_ROOT_CA_CERTIFICATE, "root")));
    }

    private static SourceAccessConfiguration access(SourceAccessType type, String secret) {
        return SourceAccessConfiguration.builder().type(type).uri(secret).build();
    }

    private List<Throwable> failures() {
        List<Throwable> failures = fixture.context.getRoutes().stream()
                .map(route -> (MemberControl) route.getConsumer())
                .flatMap(control -> control.members().stream())
                .map(MemberState::failure)
                .filter(Objects::nonNull)
                .toList();
        await(() -> !failures.isEmpty());
        return failures;
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static List<String> beans() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<String> seen = new ArrayList<>();
        for (ObjectName bean : server.queryNames(null, null)) {
            boolean ours = bean.getDomain().equals("kafka.consumer")
                    || bean.getDomain().startsWith("org.apache.camel");
            for (MBeanAttributeInfo attribute :
                    ours ? server.getMBeanInfo(bean).getAttributes() : new MBeanAttributeInfo[0]) {
                seen.add(bean + " " + server.getAttribute(bean, attribute.getName()));
            }
        }
        return seen;
    }

    private static List<String> model(CamelContext context) {
        List<String> seen = new ArrayList<>();
        context.getEndpoints().forEach(endpoint -> seen.add(endpoint.getEndpointUri()));
        context.getRoutes().forEach(route -> seen.add(route + " " + route.getProperties()));
        ((ModelCamelContext) context)
                .getRouteDefinitions()
                .forEach(route -> seen.add(route + " " + route.getTemplateParameters()));
        return seen;
    }
}
