package dev.kafila.migrate;

import dev.kafila.settings.SettingForm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What an import comes to, while the properties of a connector are gone through. It holds no secret. */
final class Draft {
    private final Connector connector;
    private final String slug;
    private final Target target;

    private final Map<String, Parameter> source = new LinkedHashMap<>();
    private final Map<String, Parameter> sink = new LinkedHashMap<>();
    private final Map<String, String> settings = new TreeMap<>();
    private final Map<String, String> lines = new TreeMap<>();
    private final List<Unfilled> open = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private final Map<String, Parameter> deadLetters = new LinkedHashMap<>();

    Draft(Connector connector, String slug, Target target) {
        this.connector = connector;
        this.slug = slug;
        this.target = target;
    }

    Connector connector() {
        return connector;
    }

    /** The connector's name as it is part of ids, files and keys. */
    String slug() {
        return slug;
    }

    Target target() {
        return target;
    }

    /** What the names of its own properties begin with, the dot included. */
    String prefix() {
        return "connect." + slug + ".";
    }

    /** A property of the connector as it is set; "" if it is not. */
    String text(String property) {
        return connector.config().getOrDefault(property, "");
    }

    /** Whether a property is there and set to nothing, which may switch something off. */
    boolean isBlank(String property) {
        return connector.config().containsKey(property) && text(property).isEmpty();
    }

    /** A parameter of the sink as it is written; "" if it is not. */
    String sinkText(String parameter) {
        return sink.containsKey(parameter) ? sink.get(parameter).text() : "";
    }

    /** The properties that a setting comes from; its own name if it comes from none. */
    String origin(String setting) {
        String name = Parameters.name(setting);
        Parameter parameter = sink.getOrDefault(name, source.get(name));
        return parameter == null ? setting : parameter.origin();
    }

    /** Sets what a setting is called in the route; refuses a value that the setting would refuse. */
    void set(String setting, String value, Property property) {
        SettingForm form = SettingForm.of(setting);
        form.problem(value).ifPresent(problem -> {
            throw new ImportException(problem);
        });
        write(setting, form.inAddress(value), origin(property, value, form));
        settings.put(setting, value);
        mapped(property, Parameters.name(setting) + ": " + value);
    }

    /** Leaves to the user what the connector does not say, or what is a secret. */
    void open(String setting, Property property) {
        open(setting, property, SettingForm.of(setting).text());
    }

    /** As {@link #open(String, Property)}, where only some values of the setting are right. */
    void open(String setting, Property property, String form) {
        String key = prefix() + Parameters.suffix(setting).replace('.', '-');
        String variable = property.variable().orElse(variable(key));
        String placeholder = property.variable().isPresent() ? "{{env:" + variable + "}}" : "{{" + key + "}}";
        settings.put(setting, "");
        // Raw, since the address of a kamelet would change some signs of it.
        write(setting, property.isSecret() ? "RAW(" + placeholder + ")" : placeholder, property.name());
        open.add(new Unfilled(property.variable().isPresent() ? null : key, variable, property, form));
    }

    /** Passes a property to a converter, a transform or a reporter; one that is not given has to be. */
    void pass(String name, Property property) {
        String key = prefix() + name;
        if (!property.given() || property.isOpen() || property.isSecret()) {
            String variable = property.variable().orElse(variable(key));
            lines.put(key, "{{env:" + variable + "}}");
            open.add(new Unfilled(key, variable, property, property.given() ? "as the connector has it" : ""));
        } else {
            lines.put(key, property.value());
            mapped(property, key);
        }
    }

    /** Sets something for every pipeline of the process. */
    void global(String setting, Property property) {
        if (property.isOpen() || property.isSecret()) {
            open.add(new Unfilled(
                    setting,
                    variable(setting),
                    property,
                    SettingForm.of(setting).text()));
        } else {
            lines.put(setting, property.value());
            mapped(property, setting + ", for every pipeline of the process");
        }
    }

    /** Writes dead letters to a topic of the same cluster. */
    void deadLetters(Property topic) {
        String key = prefix() + "dead-letter-topic";
        if (topic.isOpen()) {
            open.add(new Unfilled(key, variable(key), topic, ConnectMappings.TOPIC));
        }
        String address = "kafka:" + (topic.isOpen() ? "{{" + key + "}}" : topic.value());
        deadLetters.put("endpoint", new Parameter(address, topic.name()));
        mapped(topic, "dead letters to " + address);
    }

    /** Creates the topic as Connect does, if it is missing: with that many replicas of one partition. */
    void deadLetterSize(Property replication) {
        set(target.setting("dead-letter-replication"), replication.value(), replication);
        implied(target.setting("dead-letter-partitions"), "1", "as Connect creates it");
        deadLetters.put("topicPartitions", new Parameter("1", "as Connect creates it"));
        deadLetters.put("topicReplication", new Parameter(replication.value(), replication.origin()));
    }

    /** Parameters of the dead letters by their names; none if the route has no dead letters of its own. */
    Map<String, Parameter> deadLetters() {
        return Collections.unmodifiableMap(deadLetters);
    }

    /** Sets what follows from another property, without a word in the report. */
    void implied(String setting, String value, String why) {
        write(setting, value, why);
        settings.put(setting, value);
    }

    /** Writes a parameter into the route as it stands. */
    void write(String setting, String text, String origin) {
        String name = Parameters.name(setting);
        Parameter parameter = new Parameter(text, origin);
        if (Parameters.SOURCE.contains(name) && !name.equals("onFailure")) {
            source.put(name, parameter);
        }
        if (target.sink().contains(name)) {
            sink.put(name, parameter);
        }
    }

    /** Writes a parameter that only the source has, and that is no setting by itself. */
    void writeSource(String parameter, String text, String origin) {
        source.put(parameter, new Parameter(text, origin));
    }

    /** Lets the sink find the options that were passed on. */
    void writeOptions() {
        if (lines.keySet().stream().anyMatch(line -> line.startsWith(prefix()))) {
            sink.put(
                    "connectProperties",
                    new Parameter("property:" + prefix(), "what begins so in application.properties"));
        }
    }

    void mapped(Property property, String becomes) {
        notes.add(new Note(Note.Outcome.MAPPED, property.name() + (property.given() ? "" : ", its default"), becomes));
    }

    /** A property that nothing is lost without. Of a default there is nothing to say. */
    void needless(Property property, String why) {
        if (property.given()) {
            notes.add(new Note(Note.Outcome.NEEDLESS, property.name(), why));
        }
    }

    /** A property that does something that nothing here does: somebody has to decide what is to be done. */
    void lost(Property property, String why) {
        notes.add(new Note(Note.Outcome.UNDECIDED, property.name(), why));
    }

    /** Something that behaves differently from now on. */
    void changes(String about, String text) {
        notes.add(new Note(Note.Outcome.CHANGED, about, text));
    }

    /** Parameters of the source, by their names. */
    Map<String, Parameter> source() {
        return Collections.unmodifiableMap(source);
    }

    /** Parameters of the sink, by their names. */
    Map<String, Parameter> sink() {
        return Collections.unmodifiableMap(sink);
    }

    /** What was set, by the whole name of the setting; "" where it is to be filled in. */
    Map<String, String> settings() {
        return Collections.unmodifiableMap(settings);
    }

    /** Lines for {@code application.properties}, by their keys. */
    Map<String, String> lines() {
        return Collections.unmodifiableMap(lines);
    }

    List<Unfilled> open() {
        return List.copyOf(open);
    }

    List<Note> notes(Note.Outcome outcome) {
        return notes.stream().filter(note -> note.outcome() == outcome).toList();
    }

    /** Whether a user has to do or to decide something. */
    boolean isUnfinished() {
        return !open.isEmpty() || !notes(Note.Outcome.UNDECIDED).isEmpty();
    }

    /** With the value, where only an address can read what is written. */
    private static String origin(Property property, String value, SettingForm form) {
        return property.origin() + (form.inAddress(value).contains("%") ? ": " + value : "");
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
