package dev.kafila.settings;

import dev.kafila.aws.AwsSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings of the process, resolved and checked before Camel starts.
 *
 * @param aws             for every client that has no settings of its own
 * @param lambda          the route to Lambda
 * @param eventBridge     the route to EventBridge
 * @param mapping         event source mappings
 * @param gateway         requests into Kafka
 * @param plugins         where extra jars are; null: {@code lib} beside the jar
 * @param logFormat       of the log
 * @param camelProperties what Camel is given to override its own sources: every {@code kafila.*}, with "" for what is unset, and every
 *                        {@code camel.*}. Holds secrets
 */
public record Settings(
        AwsSettings aws,
        LambdaSettings lambda,
        EventBridgeSettings eventBridge,
        MappingSettings mapping,
        GatewaySettings gateway,
        Path plugins,
        LogFormat logFormat,
        Map<String, String> camelProperties) {

    private static final String PLUGINS = Catalogue.PREFIX + "plugins";

    public Settings {
        camelProperties = Collections.unmodifiableMap(new LinkedHashMap<>(camelProperties));
    }

    /**
     * Resolves each setting from the source with the highest precedence and checks all of them.
     *
     * @throws SettingsException with everything that is wrong
     */
    public static Settings load(Sources sources) {
        return load(sources, new Problems());
    }

    /** @param problems those that are known already */
    static Settings load(Sources sources, Problems problems) {
        Values values = Values.of(Reading.of(sources, problems), problems);
        check(values, problems);
        problems.throwIfAny();
        CamelProperties camel = new CamelProperties(values);
        Map<String, String> properties = CamelKeys.of(sources, camel.derived());
        properties.putAll(camel.own());
        return new Settings(
                RouteAws.common(values),
                LambdaSettings.of(values),
                EventBridgeSettings.of(values),
                MappingSettings.of(values),
                GatewaySettings.of(values),
                plugins(values),
                LogFormat.of(values),
                properties);
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "Settings[aws=" + aws + ", lambda=" + lambda + ", eventBridge=" + eventBridge + ", mapping=" + mapping
                + ", gateway=" + gateway + ", plugins=" + plugins + ", logFormat=" + logFormat + "]";
    }

    private static void check(Values values, Problems problems) {
        KafkaCheck kafka = new KafkaCheck(values, problems);
        kafka.run();
        RouteAws.checkCommon(values, problems);
        new RouteAws(values, LambdaKeys.PREFIX + "aws.").check(problems);
        new LambdaCheck(values, problems).run(kafka.maxPollIntervalMs());
        new RouteAws(values, EventBridgeKeys.PREFIX + "aws.").check(problems);
        new EventBridgeCheck(values, problems).run(kafka.maxPollIntervalMs());
        new RouteAws(values, MappingKeys.PREFIX + "aws.").check(problems);
        new MappingCheck(values, problems).run(kafka.maxPollIntervalMs());
        new RouteAws(values, GatewayKeys.PREFIX + "aws.").check(problems);
        new GatewayCheck(values, problems).run();
        if (values.isChosen(PLUGINS) && !Files.isDirectory(plugins(values))) {
            problems.add(values.setting(PLUGINS), "must be a directory that exists");
        }
    }

    private static Path plugins(Values values) {
        String text = values.text(PLUGINS);
        return text.isEmpty() ? null : Path.of(text);
    }
}
