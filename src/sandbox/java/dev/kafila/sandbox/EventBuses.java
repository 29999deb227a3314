package dev.kafila.sandbox;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The event buses of one account. Their owner's lock guards them. */
final class EventBuses {
    private static final String DEFAULT = "default";
    private static final String SOME_ACCOUNT = "000000000000";

    private final Set<String> declared = new HashSet<>(Set.of(DEFAULT));
    private boolean onlyDeclared;
    /** Null: every account is this one. */
    private String account;

    void declare(String name) {
        onlyDeclared = true;
        declared.add(name);
    }

    void belongTo(String accountId) {
        account = accountId;
    }

    /** @param bus name or ARN */
    boolean exists(String bus) {
        return !onlyDeclared || declared.contains(name(bus));
    }

    /** Whether it is an ARN of another account than this one. */
    boolean isForeign(String bus) {
        return account != null && bus.startsWith("arn:") && !bus.split(":", 6)[4].equals(account);
    }

    /** What stands in the way of describing it; empty: nothing. */
    Optional<Answer> refusal(String bus) {
        Optional<Answer> malformed = EventModel.ofDescribed(bus);
        if (malformed.isPresent()) {
            return malformed;
        }
        if (isForeign(bus)) {
            String message = "User is not authorized to perform: events:DescribeEventBus on resource: " + bus
                    + " because no resource-based policy allows the events:DescribeEventBus action";
            return Optional.of(Answer.status(400, "AccessDeniedException", message));
        }
        if (!exists(bus)) {
            String message = "Event bus " + name(bus) + " does not exist.";
            return Optional.of(Answer.status(400, "ResourceNotFoundException", message));
        }
        return Optional.empty();
    }

    Map<String, Object> description(String bus, String region) {
        String arn = bus.startsWith("arn:")
                ? bus
                : "arn:aws:events:" + region + ":" + (account == null ? SOME_ACCOUNT : account) + ":event-bus/" + bus;
        return new TreeMap<>(Map.of("Name", name(bus), "Arn", arn));
    }

    static String name(String bus) {
        return bus.substring(bus.lastIndexOf('/') + 1);
    }
}
