package dev.kafila.migrate;

import static dev.kafila.migrate.EventBridgeTable.THEIRS;
import static dev.kafila.migrate.EventBridgeTable.ours;
import static dev.kafila.migrate.Mapping.same;
import static dev.kafila.migrate.Mapping.special;

import java.util.List;

/** What AWS's EventBridge sink is told of the fields of an event, by texts and by classes of its own. */
final class EventFields {
    private static final String MAPPERS = "software.amazon.event.kafkaconnector.mapping.";
    private static final String MAPPER = THEIRS + "detail.types.mapper.class";
    private static final String MAPPER_PATH = THEIRS + "detail.types.jsonpathmapper.fieldref";
    private static final String DETAIL_TYPE = ours("detail-type");

    private EventFields() {}

    static List<Mapping> mappings() {
        return List.of(
                special(THEIRS + "detail.types", null, DETAIL_TYPE, "in the same forms", EventFields::detailTypes),
                special(
                        MAPPER,
                        null,
                        DETAIL_TYPE,
                        "`...JsonPathDetailTypeMapper` is a JSONPath; another class has to be put as one, too",
                        EventFields::detailTypeMapper),
                special(
                        MAPPER_PATH,
                        null,
                        DETAIL_TYPE,
                        "`$.type` is `$.detail.value.type`: it begins at the event",
                        EventFields::detailTypePath),
                special(
                        THEIRS + "time.mapper.class",
                        null,
                        ours("time"),
                        "a class has to be put as `record` or a JSONPath",
                        EventFields::timeMapper),
                same(THEIRS + "eventbus.resources", ours("resources")));
    }

    private static void detailTypes(Property property, Draft draft) {
        if (isDefault(draft.text(MAPPER))) {
            Mapping.same(property.name(), DETAIL_TYPE).rule().apply(property, draft);
        } else {
            draft.needless(property, "the connector does not look at it beside " + MAPPER);
        }
    }

    private static void detailTypeMapper(Property property, Draft draft) {
        if (property.value().equals(MAPPERS + "JsonPathDetailTypeMapper")) {
            draft.mapped(property, "detailType, with " + MAPPER_PATH);
        } else if (isDefault(property.value())) {
            draft.needless(property, "is what " + THEIRS + "detail.types says");
        } else {
            draft.open(DETAIL_TYPE, property, "a type, which may hold ${topic}, topic:type by commas, or a JSONPath");
            draft.changes(
                    "detailType", "the mapper is a class for the connector; say what it does as a type or a JSONPath");
        }
    }

    private static void detailTypePath(Property property, Draft draft) {
        if (!draft.text(MAPPER).equals(MAPPERS + "JsonPathDetailTypeMapper")) {
            draft.needless(property, "is JsonPathDetailTypeMapper's, which is not set");
        } else if (property.isOpen() || !property.value().startsWith("$")) {
            draft.open(DETAIL_TYPE, property, "a JSONPath that begins with $.detail.value");
        } else {
            draft.set(DETAIL_TYPE, "$.detail.value" + property.value().substring(1), property);
        }
    }

    private static boolean isDefault(String mapper) {
        return mapper.isEmpty()
                || List.of(MAPPERS + "DefaultDetailTypeMapper", MAPPERS + "DefaultTopicDetailTypeMapper")
                        .contains(mapper);
    }

    private static void timeMapper(Property property, Draft draft) {
        if (property.value().equals(MAPPERS + "DefaultTimeMapper")) {
            draft.needless(property, "leaves the time to EventBridge, as is done here");
        } else {
            draft.open(
                    ours("time"), property, "record, for its own timestamp, or a JSONPath such as $.detail.value.time");
            draft.changes("time", "the mapper is a class for the connector; say what it does as record or a JSONPath");
        }
    }
}
