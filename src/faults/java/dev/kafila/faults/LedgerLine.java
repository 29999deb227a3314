package dev.kafila.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a process's ledger, in records.
 *
 * @param route     the flow whose account it is
 * @param partition topic and number, as in {@code orders-0}
 */
public record LedgerLine(
        String route,
        String partition,
        long consumed,
        long delivered,
        long filtered,
        long dropped,
        long deadLettered,
        long expired,
        long inFlight) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern LOGGED = Pattern.compile(
            "Ledger: (\\S+) (\\S+): (\\d+) consumed = (\\d+) delivered"
                    + " \\+ (\\d+) filtered \\+ (\\d+) dropped \\+ (\\d+) dead-lettered \\+ (\\d+) expired \\+ (\\d+) in flight");

    public static List<LedgerLine> ofPartitions(String json) {
        List<LedgerLine> lines = new ArrayList<>();
        try {
            for (JsonNode line : JSON.readTree(json).path("partitions")) {
                lines.add(new LedgerLine(
                        line.get("route").asText(),
                        line.get("topic").asText() + "-" + line.get("partition").asInt(),
                        line.get("consumed").asLong(),
                        line.get("delivered").asLong(),
                        line.get("filtered").asLong(),
                        line.get("dropped").asLong(),
                        line.get("dead-lettered").asLong(),
                        line.get("expired").asLong(),
                        line.get("in-flight").asLong()));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not JSON: " + json, e);
        }
        return lines;
    }

    public static List<LedgerLine> ofLog(List<String> log) {
        return log.stream()
                .map(LOGGED::matcher)
                .filter(Matcher::find)
                .map(Matcher::toMatchResult)
                .map(LedgerLine::ofMatch)
                .toList();
    }

    private static LedgerLine ofMatch(MatchResult match) {
        return new LedgerLine(
                match.group(1),
                match.group(2),
                number(match, 3),
                number(match, 4),
                number(match, 5),
                number(match, 6),
                number(match, 7),
                number(match, 8),
                number(match, 9));
    }

    private static long number(MatchResult match, int group) {
        return Long.parseLong(match.group(group));
    }

    public boolean balanced() {
        return consumed == delivered + filtered + dropped + deadLettered + expired + inFlight;
    }
}
