package dev.kafila.mapping.api;

import java.util.ArrayList;
import java.util.List;

/** What is wrong about a request, each with the name of the parameter; all of it is answered at once. */
final class Problems {
    private final List<String> problems = new ArrayList<>();

    void add(String problem) {
        problems.add(problem);
    }

    void add(String parameter, String problem) {
        add(parameter + ": " + problem);
    }

    void require(boolean right, String parameter, String problem) {
        if (!right) {
            add(parameter, problem);
        }
    }

    /** @param value null: it was not set, which is right */
    void range(String parameter, Integer value, int min, int max) {
        require(value == null || (value >= min && value <= max), parameter, "must be from " + min + " to " + max);
    }

    /** For what this service has no use; null: it was not set. */
    void refuse(String parameter, Object value) {
        require(value == null, parameter, "is not for a source of Kafka here; leave it out");
    }

    /** Throws {@link ApiException} if anything is wrong. */
    void check() {
        if (!problems.isEmpty()) {
            throw new ApiException(ApiError.INVALID_PARAMETER, String.join("; ", problems));
        }
    }
}
