package dev.kafila.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What EventBridge's own description of PutEvents says about a request: one that does not fit is refused whole, before any entry is looked
 * at.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html">PutEvents</a>
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html">its entries</a>
 */
final class EventModel {
    private static final int MAX_ENTRIES = 10;
    private static final int RESOURCE_LIMIT = 2048;
    private static final int TRACE_HEADER_LIMIT = 500;
    private static final int BUS_LIMIT = 1600;
    private static final int ENDPOINT_LIMIT = 50;
    private static final String ARN = "(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus/)?";
    private static final Pattern BUS = Pattern.compile(ARN + "[.\\-_A-Za-z0-9]+");

    /** With the buses of partners, which can be described and on which nobody else puts events. */
    private static final Pattern ANY_BUS = Pattern.compile(ARN + "[/.\\-_A-Za-z0-9]+");

    private static final Pattern ENDPOINT = Pattern.compile("[A-Za-z0-9-]+\\.[A-Za-z0-9-]+");
    private static final List<String> TEXTS = List.of("Source", "DetailType", "Detail", "EventBusName", "TraceHeader");

    private EventModel() {}

    /** Whether every member has the type that it must have; AWS calls the opposite a SerializationException. */
    static boolean isReadable(JsonNode body) {
        JsonNode entries = body.path("Entries");
        if (!body.isObject() || !isAbsentOr(body, "EndpointId", JsonNode::isTextual) || !entries.isArray()) {
            return body.isObject() && isAbsent(entries);
        }
        for (JsonNode entry : entries) {
            if (!isReadableEntry(entry)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isReadableEntry(JsonNode entry) {
        return entry.isObject()
                && TEXTS.stream().allMatch(name -> isAbsentOr(entry, name, JsonNode::isTextual))
                && isAbsentOr(entry, "Time", JsonNode::isNumber)
                && isAbsentOr(entry, "Resources", EventModel::isTexts);
    }

    private static boolean isTexts(JsonNode list) {
        boolean texts = list.isArray();
        for (JsonNode one : list) {
            texts &= one.isTextual();
        }
        return texts;
    }

    private static boolean isAbsentOr(JsonNode parent, String name, Predicate<JsonNode> wanted) {
        JsonNode node = parent.path(name);
        return isAbsent(node) || wanted.test(node);
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    /** What is said to a question about a bus that cannot be one; empty: nothing. */
    static Optional<Answer> ofDescribed(String bus) {
        return fits(bus, BUS_LIMIT, ANY_BUS)
                ? Optional.empty()
                : Optional.of(invalid(List.of(pattern("name", ANY_BUS))));
    }

    /** What is said to a request whose members are too many, too long or malformed. */
    static Optional<Answer> refusal(PutEvents put) {
        List<String> errors = new ArrayList<>();
        int count = put.entries().size();
        if (count == 0 || count > MAX_ENTRIES) {
            errors.add("Value at 'entries' failed to satisfy constraint: Member must have length "
                    + (count == 0 ? "greater than or equal to 1" : "less than or equal to " + MAX_ENTRIES));
        }
        if (put.endpointId() != null && !fits(put.endpointId(), ENDPOINT_LIMIT, ENDPOINT)) {
            errors.add(pattern("endpointId", ENDPOINT));
        }
        for (int index = 0; index < count; index++) {
            check(put.entries().get(index), "entries." + (index + 1) + ".member.", errors);
        }
        return errors.isEmpty() ? Optional.empty() : Optional.of(invalid(errors));
    }

    private static void check(EventEntry entry, String path, List<String> errors) {
        if (!fits(entry.bus(), BUS_LIMIT, BUS)) {
            errors.add(pattern(path + "eventBusName", BUS));
        }
        if (entry.traceHeader() != null
                && (entry.traceHeader().isEmpty() || entry.traceHeader().length() > TRACE_HEADER_LIMIT)) {
            errors.add("Value at '" + path + "traceHeader' failed to satisfy constraint: Member must have length"
                    + " between 1 and " + TRACE_HEADER_LIMIT);
        }
        if (entry.resources().stream().anyMatch(resource -> resource.length() > RESOURCE_LIMIT)) {
            errors.add("Value at '" + path + "resources' failed to satisfy constraint: Member must have length"
                    + " less than or equal to " + RESOURCE_LIMIT);
        }
    }

    private static boolean fits(String text, int limit, Pattern pattern) {
        return text.length() <= limit && pattern.matcher(text).matches();
    }

    private static String pattern(String path, Pattern pattern) {
        return "Value at '" + path + "' failed to satisfy constraint: Member must satisfy regular expression pattern: "
                + pattern;
    }

    private static Answer invalid(List<String> errors) {
        String count = errors.size() == 1 ? "1 validation error" : errors.size() + " validation errors";
        return Answer.status(400, "ValidationException", count + " detected: " + String.join("; ", errors));
    }
}
