package dev.kafila.lambda;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Answers as functions give them, and as no function should: of the right words in any arrangement, cut off, or no JSON at all. */
final class AnyAnswers {
    private AnyAnswers() {}

    /** @param offsets of the records that were sent */
    static Arbitrary<String> of(String topic, List<Long> offsets) {
        return Arbitraries.frequencyOf(
                Tuple.of(8, json(topic, offsets, 4)),
                Tuple.of(4, named(topic, offsets)),
                Tuple.of(4, failures(topic, offsets)),
                Tuple.of(2, cut(json(topic, offsets, 3))),
                Tuple.of(1, Arbitraries.strings()));
    }

    /** Confluent's list by coordinates, complete or not. */
    private static Arbitrary<String> named(String topic, List<Long> offsets) {
        return Arbitraries.shuffle(offsets)
                .flatMap(
                        order -> Arbitraries.integers().between(0, order.size()).map(size -> order.subList(0, size)))
                .map(order -> list(
                        order,
                        "{\"payload\":{\"result\":{\"n\":1.10},\"topic\":\"" + topic
                                + "\",\"partition\":0,\"offset\":%d}}"));
    }

    private static Arbitrary<String> failures(String topic, List<Long> offsets) {
        return Arbitraries.of(offsets)
                .list()
                .ofMaxSize(offsets.size() + 1)
                .map(order -> "{\"batchItemFailures\":"
                        + list(order, "{\"itemIdentifier\":{\"partition\":\"" + topic + "-0\",\"offset\":%d}}") + "}");
    }

    private static String list(List<Long> offsets, String form) {
        return offsets.stream().map(form::formatted).collect(Collectors.joining(",", "[", "]"));
    }

    private static Arbitrary<String> cut(Arbitrary<String> whole) {
        return Combinators.combine(whole, Arbitraries.doubles().between(0, 1))
                .as((text, part) -> text.substring(0, (int) (text.length() * part)));
    }

    private static Arbitrary<String> json(String topic, List<Long> offsets, int depth) {
        Arbitrary<String> leaf = Arbitraries.of(
                "null",
                "true",
                "0",
                "-1.50e3",
                "1e999",
                "12345678901234567890",
                "\"\"",
                "\"\\ud83d\\ude00 é\"",
                "\"" + topic + "\"",
                "\"" + topic + "-0\"",
                String.valueOf(offsets.get(0)));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<String> inner = json(topic, offsets, depth - 1);
        Arbitrary<String> names = Arbitraries.of(
                "batchItemFailures", "itemIdentifier", "partition", "offset", "payload", "result", "topic", "x");
        Arbitrary<String> member = Combinators.combine(names, inner).as((name, value) -> "\"" + name + "\" :" + value);
        return Arbitraries.frequencyOf(
                Tuple.of(1, leaf),
                Tuple.of(2, inner.list().ofMaxSize(4).map(list -> "[" + String.join(" , ", list) + "]")),
                Tuple.of(3, member.list().ofMaxSize(4).map(list -> "{" + String.join(",", list) + "\n}")));
    }
}
