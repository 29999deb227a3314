package dev.kafila.mapping.api;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Requests in JSON, and parts of them. */
final class Requests {

    private Requests() {}

    /** A request to create a mapping, with these members in JSON instead of those that are right. */
    static String body(Map<String, String> members) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "FunctionName", "\"orders\"",
                "Topics", "[\"orders\"]",
                "SelfManagedEventSource", "{\"Endpoints\":{\"KAFKA_BOOTSTRAP_SERVERS\":[\"one:9092\",\"two:9092\"]}}"));
        all.putAll(members);
        return all.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    static String filters(String pattern) {
        return "{\"Filters\":[{\"Pattern\":\"" + pattern + "\"}]}";
    }

    static String destination(String destination) {
        return "{\"OnFailure\":{\"Destination\":\"" + destination + "\"}}";
    }

    static String brokers(String... brokers) {
        String list = brokers.length == 0 ? "" : "\"" + String.join("\",\"", brokers) + "\"";
        return "{\"Endpoints\":{\"KAFKA_BOOTSTRAP_SERVERS\":[" + list + "]}}";
    }

    static String access(String... types) {
        return Stream.of(types)
                .map(type -> "{\"Type\":\"" + type + "\",\"URI\":\"broker\"}")
                .toList()
                .toString();
    }

    static String registry(String uri, String more) {
        return "{\"SchemaRegistryConfig\":{\"SchemaRegistryURI\":\"" + uri
                + "\",\"EventRecordFormat\":\"SOURCE\",\"SchemaValidationConfigs\":[{\"Attribute\":\"VALUE\"}]" + more
                + "}}";
    }
}
