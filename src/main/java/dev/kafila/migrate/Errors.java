package dev.kafila.migrate;

import static dev.kafila.migrate.Mapping.needless;
import static dev.kafila.migrate.Mapping.special;

import java.util.List;

/** What Connect itself does about records that cannot be converted or transformed. */
final class Errors {
    private static final String TOLERANCE = "errors.tolerance";
    private static final String DEAD_LETTERS = "errors.deadletterqueue.topic.name";
    private static final String ON_FAILURE = "on-failure";

    private Errors() {}

    static List<Mapping> mappings(Target target) {
        return List.of(
                special(
                        TOLERANCE,
                        null,
                        target.setting(ON_FAILURE),
                        "`all` with a dead-letter topic is `dead-letter`",
                        Errors::tolerance),
                special(
                        DEAD_LETTERS,
                        null,
                        target.setting("dead-letter"),
                        "`kafka:` and the topic, with `on-failure=dead-letter`, for failures of the delivery as well",
                        Errors::deadLetters),
                special(
                        "errors.deadletterqueue.topic.replication.factor",
                        "3",
                        target.setting("dead-letter-replication"),
                        "with `dead-letter-partitions=1`, as Connect creates the topic",
                        Errors::replication),
                needless(
                        "errors.deadletterqueue.context.headers.enable",
                        "dead letters always say why, in Connect's headers and more"),
                special(
                        "errors.retry.timeout",
                        null,
                        "",
                        "a conversion is not repeated; a registry that is away is waited for",
                        Errors::retry),
                needless("errors.retry.delay.max.ms", "a conversion is not repeated"),
                needless("errors.log.enable", "a failure is always logged"),
                special(
                        "errors.log.include.messages",
                        null,
                        "",
                        "records are named in the log, never shown",
                        Errors::logMessages));
    }

    private static void tolerance(Property property, Draft draft) {
        if (!property.value().equals("all") && !property.value().equals("none")) {
            throw new ImportException("must be all or none, not \"" + property.value() + '"');
        }
        if (!draft.text(DEAD_LETTERS).isEmpty() && property.value().equals("all")) {
            draft.mapped(property, "onFailure: dead-letter, with the topic");
        } else if (property.value().equals("none")) {
            draft.needless(property, "a record that cannot be converted ends as onFailure says");
        } else if (draft.sinkText("onFailure").equals("drop")) {
            draft.mapped(property, "onFailure: drop, with failures of the delivery");
        } else {
            draft.lost(
                    property,
                    "skipped records that cannot be converted; here they end as onFailure says, which is "
                            + draft.sinkText("onFailure") + ": set it to drop or dead-letter, for all failures");
        }
    }

    private static void deadLetters(Property property, Draft draft) {
        if (!draft.text(TOLERANCE).equals("all")) {
            draft.lost(property, "without errors.tolerance=all the connector stops at such a record, and so does this");
            return;
        }
        draft.changes(
                "onFailure: dead-letter",
                "takes all records that cannot be delivered, those whose attempts are used up as well. Instead of "
                        + draft.sinkText("onFailure"));
        draft.set(draft.target().setting(ON_FAILURE), "dead-letter", property);
        draft.deadLetters(property);
    }

    private static void replication(Property property, Draft draft) {
        if (draft.deadLetters().isEmpty()) {
            draft.needless(property, "there is no dead-letter topic");
        } else if (property.isOpen()) {
            draft.lost(property, "the dead-letter topic has the broker's default if it has to be created");
        } else {
            draft.deadLetterSize(property);
        }
    }

    private static void retry(Property property, Draft draft) {
        if (property.value().equals("0")) {
            draft.needless(property, "a conversion is not repeated");
        } else {
            draft.lost(
                    property,
                    "a conversion that fails is not repeated; a registry that is away is waited for, without an end");
        }
    }

    private static void logMessages(Property property, Draft draft) {
        if (property.value().equals("true")) {
            draft.lost(property, "records are named in the log as orders-0@7, and never shown");
        } else {
            draft.needless(property, "records are never shown in the log");
        }
    }
}
