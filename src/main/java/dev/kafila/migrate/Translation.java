package dev.kafila.migrate;

import dev.kafila.settings.SettingForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Goes through the properties of a connector by the table of its kind. */
final class Translation {
    private final Connector connector;
    private final ConnectorTable table;
    private final Draft draft;
    private final List<String> problems = new ArrayList<>();

    private Translation(Connector connector) {
        this.connector = connector;
        this.table = ConnectorTables.of(connector);
        this.draft = new Draft(connector, slug(connector.name()), table.target());
    }

    /**
     * @return the draft of a route that does what the connector does
     * @throws ImportException that names every property whose value is wrong, one a line
     */
    static Draft of(Connector connector) {
        Translation translation = new Translation(connector);
        translation.run();
        return translation.draft;
    }

    /** A name as a part of ids, of names of files and of keys. */
    static String slug(String name) {
        String slug = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return slug.matches("[a-z].*") ? slug : ("connector-" + slug).replaceAll("-$", "");
    }

    private void run() {
        requireConsistent();
        table.all().forEach(mapping -> properties(mapping).forEach(property -> apply(mapping, property)));
        connector.config().keySet().stream()
                .filter(name -> table.find(name).isEmpty())
                .forEach(name -> draft.lost(
                        new Property(name, "", true), "is a property neither of this connector nor of Kafka Connect"));
        required("topics", topics());
        table.required().forEach(this::required);
        ConsumerOverrides.complete(draft);
        complete();
        table.changes().accept(draft);
        if (problems.isEmpty()) {
            problems.addAll(Consistency.problems(draft));
        }
        if (!problems.isEmpty()) {
            throw new ImportException(String.join("\n", problems));
        }
    }

    private void requireConsistent() {
        if (!draft.text("topics").isEmpty() && !draft.text("topics.regex").isEmpty()) {
            problems.add("topics.regex: is set together with topics; Connect takes one of them");
        }
    }

    /** What a mapping is for: what is set and has no mapping of its own, or the default. */
    private Stream<Property> properties(Mapping mapping) {
        List<Property> given = connector.config().entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .filter(entry ->
                        table.find(entry.getKey()).filter(mapping::equals).isPresent())
                .map(entry -> new Property(entry.getKey(), entry.getValue(), true))
                .toList();
        boolean unset = given.isEmpty() && !draft.isBlank(mapping.theirs()) && mapping.defaultValue() != null;
        return unset ? Stream.of(new Property(mapping.theirs(), mapping.defaultValue(), false)) : given.stream();
    }

    private void apply(Mapping mapping, Property property) {
        try {
            mapping.rule().apply(property, draft);
        } catch (ImportException e) {
            problems.add(property.name() + ": " + e.getMessage());
        }
    }

    /** What a connector does not start without; a piece of a configuration leaves it open. */
    private void required(String theirs, String setting) {
        String parameter = Parameters.name(setting);
        if (draft.source().containsKey(parameter) || draft.sink().containsKey(parameter)) {
            return;
        }
        if (connector.isPartial()) {
            draft.open(setting, new Property(theirs, "", false), form(setting));
        } else if (problems.stream().noneMatch(problem -> problem.startsWith(theirs))) {
            problems.add(theirs + ": is missing, and the connector does not start without it");
        }
    }

    private String topics() {
        return table.target().setting("topics");
    }

    private String form(String setting) {
        return setting.equals(topics())
                ? ConnectMappings.TOPICS
                : SettingForm.of(setting).text();
    }

    private void complete() {
        if (!connector.named()) {
            draft.write(table.target().setting("group"), "connect-" + connector.name(), "the file's name");
            draft.lost(
                    new Property("name", "", false),
                    "is missing: the file's name is taken. Make the group connect-<name>, or it starts anew");
        }
        if (!draft.sink().containsKey("region")) {
            draft.write("kafila.aws.region", "{{kafila.aws.region}}", "not set");
        }
        if (!draft.sink().containsKey("endpoint")) {
            draft.write("kafila.aws.endpoint", "{{kafila.aws.endpoint}}", "unset: AWS's own");
        }
        draft.writeOptions();
        String onFailure = draft.sinkText("onFailure");
        draft.writeSource(
                "onFailure", onFailure.startsWith("stop") ? onFailure : "retry", "when retention took records");
    }
}
