package dev.kafila.management;

import static dev.kafila.Workplace.get;
import static dev.kafila.Workplace.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kafila.Application;
import dev.kafila.Workplace;
import dev.kafila.sandbox.SandboxBroker;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagementTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static SandboxBroker broker;

    @TempDir
    Path directory;

    private Workplace place;
    private Application application;

    @BeforeAll
    static void startBroker() {
        broker = SandboxBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void start() throws Exception {
        place = new Workplace(directory);
    }

    @AfterEach
    void stop() throws Exception {
        if (application != null) {
            application.close();
        }
    }

    @Test
    void everyRecordShowsInMetricsHealthAndPartitions() throws Exception {
        startOn("counted", "language:simple:${body}");
        send("counted", 0, "a", "b", "c");

        await().atMost(SOON).untilAsserted(() -> assertThat(
                        get(application, "/observe/metrics").body())
                .contains(
                        "kafila_records_total{outcome=\"delivered\",partition=\"0\",route=\"flow\",topic=\"counted\"} 3.0",
                        "kafila_records_total{outcome=\"dead-lettered\",partition=\"0\",route=\"flow\",topic=\"counted\"} 0.0",
                        "kafila_records_consumed{partition=\"0\",route=\"flow\",topic=\"counted\"} 3.0",
                        "kafila_records_in_flight{partition=\"0\",route=\"flow\",topic=\"counted\"} 0.0",
                        "# TYPE kafila_records_consumed gauge"));
        assertThat(get(application, "/observe/health?data=true").body())
                .contains(
                        "3 consumed = 3 delivered + 0 filtered + 0 dropped + 0 dead-lettered + 0 expired + 0 in flight",
                        "flow counted-0");
        assertThat(get(application, "/observe/partitions").body())
                .contains(
                        "{\"route\":\"flow\",\"topic\":\"counted\",\"partition\":0,\"state\":\"running\",\"consumed\":3");
    }

    @Test
    void aStoppedPartitionIsNotReadyButAliveAndIsResumedByHttp() throws Exception {
        startOn("stopping-eu", "direct:cure?block=false");
        send("stopping-eu", 0, "poison");

        await().atMost(SOON).untilAsserted(() -> assertThat(
                        get(application, "/observe/health/ready").statusCode())
                .isEqualTo(503));
        assertThat(get(application, "/observe/health/ready").body()).contains("stopping-eu-0");
        assertThat(get(application, "/observe/health/live").statusCode()).isEqualTo(200);
        assertThat(get(application, "/observe/metrics").body()).contains("\nkafila_partitions_stopped 1.0\n");
        assertThat(get(application, "/observe/partitions").body()).contains("\"stopped\":{\"stopping-eu-0\":");

        place.route("cure", "direct:cure", "language:simple:${body}");
        await().atMost(SOON).until(() -> application.camelContext().getRoute("cure") != null);
        HttpResponse<String> resumed = post(application, "/observe/partitions/stopping-eu-0/resume");

        assertThat(resumed.statusCode()).isEqualTo(202);
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        get(application, "/observe/health/ready").statusCode())
                .isEqualTo(200));
        assertThat(get(application, "/observe/health").body()).contains("1 consumed = 1 delivered");
    }

    @Test
    void whatIsNotStoppedCannotBeResumedAndTheAnswerSaysWhy() throws Exception {
        startOn("healthy", "language:simple:${body}");

        HttpResponse<String> unknown = post(application, "/observe/partitions/healthy-7/resume");
        HttpResponse<String> nonsense = post(application, "/observe/partitions/healthy/resume");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("healthy-7 is not stopped here");
        assertThat(nonsense.statusCode()).isEqualTo(404);
        assertThat(nonsense.body()).contains("as in orders-0");
    }

    @Test
    void itListensOnLoopbackUnlessToldOtherwise() throws Exception {
        startOn("local", "language:simple:${body}");

        assertThat(application
                        .camelContext()
                        .hasService(ManagementHttpServer.class)
                        .getHost())
                .isEqualTo("127.0.0.1");
    }

    @Test
    void camelsOptionsOfAnOperatorWinHoweverTheyAreSpelled() throws Exception {
        place.route("greet", "direct:greet", "language:simple:${body}");

        application = place.start(Map.of("camel.health.exposure-level", "oneline", "camel.metrics.enabled", "false"));

        assertThat(get(application, "/observe/health").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get(application, "/observe/metrics").statusCode()).isEqualTo(404);
    }

    @Test
    void aPortThatIsTakenStopsTheStart() throws Exception {
        place.route("greet", "direct:greet", "language:simple:${body}");
        application = place.start(Map.of());
        String port = Integer.toString(application.managementPort().getAsInt());

        assertThatThrownBy(() -> place.start(Map.of("camel.management.port", port)))
                .hasMessageContaining("camel.management.port")
                .hasMessageContaining(port);
    }

    private void startOn(String topic, String to) throws Exception {
        broker.createTopic(topic, 1);
        place.route(
                "flow",
                "kafka-batch:" + topic + "?groupId=" + topic + "&lingerMs=0&onFailure=stop-partition&brokers="
                        + broker.bootstrapServers(),
                to);
        application = place.start(Map.of());
    }

    private static void send(String topic, int partition, String... values) throws Exception {
        for (String value : values) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            broker.producer()
                    .send(new ProducerRecord<>(topic, partition, null, bytes))
                    .get();
        }
    }
}
