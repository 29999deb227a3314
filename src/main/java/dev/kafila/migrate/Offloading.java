package dev.kafila.migrate;

import static dev.kafila.migrate.EventBridgeTable.THEIRS;
import static dev.kafila.migrate.EventBridgeTable.ours;
import static dev.kafila.migrate.Mapping.special;

import java.util.List;

/** What AWS's EventBridge sink is told of objects in S3. */
final class Offloading {
    /** EventBridge's own address, if it is another than AWS's. */
    static final String ENDPOINT = THEIRS + "endpoint.uri";

    private static final String BUCKET = THEIRS + "offloading.default.s3.bucket";

    private Offloading() {}

    static List<Mapping> mappings() {
        return List.of(
                special(
                        BUCKET,
                        null,
                        ours("offload.bucket"),
                        "with `offload.when=always`, as the connector offloads every record",
                        Offloading::bucket),
                special(
                        THEIRS + "offloading.default.fieldref",
                        null,
                        ours("offload.path"),
                        "",
                        Offloading::offloadPath),
                special(
                        THEIRS + "offloading.default.s3.endpoint.uri",
                        null,
                        "kafila.aws.endpoint",
                        "one address for EventBridge and S3",
                        Offloading::bucketEndpoint));
    }

    private static void bucket(Property property, Draft draft) {
        Mapping.same(property.name(), ours("offload.bucket")).rule().apply(property, draft);
        draft.implied(ours("offload.when"), "always", "the connector offloads every record");
        draft.changes(
                "offloadWhen",
                "always, as the connector; too-large offloads only what EventBridge would not take. An object's key is a"
                        + " hash of its content, not a UUID, so that a retry leaves nothing behind");
    }

    private static void offloadPath(Property property, Draft draft) {
        if (draft.text(BUCKET).isEmpty()) {
            draft.needless(property, "nothing is offloaded without " + BUCKET);
        } else {
            Mapping.same(property.name(), ours("offload.path")).rule().apply(property, draft);
        }
    }

    private static void bucketEndpoint(Property property, Draft draft) {
        if (draft.text(BUCKET).isEmpty()) {
            draft.needless(property, "nothing is offloaded without " + BUCKET);
        } else if (draft.text(ENDPOINT).equals(property.value())) {
            draft.mapped(property, "endpoint, which is S3's as well");
        } else {
            draft.lost(property, "endpoint is one address for EventBridge, S3 and STS");
        }
    }
}
