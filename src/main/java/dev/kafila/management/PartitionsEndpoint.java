package dev.kafila.management;

import dev.kafila.batch.Ledger;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** {@code GET /observe/partitions} and {@code POST /observe/partitions/{topic}-{partition}/resume}. */
final class PartitionsEndpoint {
    private static final String PATH = "/observe/partitions";

    private final Partitions partitions;

    private PartitionsEndpoint(Partitions partitions) {
        this.partitions = partitions;
    }

    static void install(Router router, Partitions partitions) {
        PartitionsEndpoint endpoint = new PartitionsEndpoint(partitions);
        router.get(PATH).blockingHandler(endpoint::list);
        router.post(PATH + "/:partition/resume").blockingHandler(endpoint::resume);
    }

    private void list(RoutingContext request) {
        Map<TopicPartition, String> stopped = partitions.stopped();
        JsonArray list = new JsonArray();
        for (Ledger.Entry entry : partitions.ledger()) {
            TopicPartition partition = new TopicPartition(entry.topic(), entry.partition());
            list.add(state(entry, stopped.get(partition)));
        }
        JsonObject reasons = new JsonObject();
        stopped.forEach((partition, reason) -> reasons.put(partition.toString(), reason));
        answer(request, 200, new JsonObject().put("partitions", list).put("stopped", reasons));
    }

    private static JsonObject state(Ledger.Entry entry, String reason) {
        return new JsonObject()
                .put("route", entry.route())
                .put("topic", entry.topic())
                .put("partition", entry.partition())
                .put("state", reason == null ? "running" : "stopped")
                .put("consumed", entry.consumed())
                .put("delivered", entry.delivered())
                .put("filtered", entry.filtered())
                .put("dropped", entry.dropped())
                .put("dead-lettered", entry.deadLettered())
                .put("expired", entry.expired())
                .put("in-flight", entry.inFlight());
    }

    private void resume(RoutingContext request) {
        String name = request.pathParam("partition");
        Optional<TopicPartition> partition = Partitions.parse(name);
        if (partition.isEmpty()) {
            refuse(
                    request,
                    "'" + name + "' is not a partition: write its topic, a dash and its number, as in orders-0.");
        } else if (partitions.resume(partition.get())) {
            answer(request, 202, new JsonObject().put("resumed", name));
        } else {
            refuse(
                    request,
                    name + " is not stopped here. Stopped here: "
                            + partitions.stopped().keySet() + "; another instance of the group may have it.");
        }
    }

    private static void refuse(RoutingContext request, String message) {
        answer(request, 404, new JsonObject().put("error", message));
    }

    private static void answer(RoutingContext request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body.encode());
    }
}
