package dev.kafila.migrate;

import static dev.kafila.migrate.Mapping.needless;
import static dev.kafila.migrate.Mapping.special;

import java.util.List;

/** What Connect itself does about records that cannot be converted or transformed. */
final class Errors {
    private static final String TOLERANCE = "errors.tolerance";
    private static final String DEAD_LETTERS = "errors.deadletterqueue.topic.name";
    private static final String ON_FAILURE = "kafila.lambda.on-failure";

    private Errors() {}

    static List<Mapping> mappings() {
        return List.of(
                special(
                        TOLERANCE,
                        null,
                        ON_FAILURE,
                        "`all` with a dead-letter topic is `dead-letter`",
                        Errors::tolerance),
                special(
                        DEAD_LETTERS,
                        null,
                        "kafila.lambda.dead-letter",
                        "`kafka:` and the topic, with `on-failure=dead-letter`, for failures of the function as well",
                        Errors::deadLetters),
                special(
                        "errors.deadletterqueue.topic.replication.factor",
                        null,
                        "",
                        "the topic has to be there",
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
            draft.mapped(property, "onFailure: drop, with the function's failures");
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
                "takes records that the function fails on as well, when attempts are used up; the connector's topic was"
                        + " for records that could not be converted. Instead of " + draft.sinkText("onFailure"));
        draft.set(ON_FAILURE, "dead-letter", property);
        draft.deadLetters(property);
    }

    private static void replication(Property property, Draft draft) {
        if (draft.text(DEAD_LETTERS).isEmpty()) {
            draft.needless(property, "there is no dead-letter topic");
        } else {
            draft.lost(property, "the dead-letter topic is not created: create it, if it is not there");
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
