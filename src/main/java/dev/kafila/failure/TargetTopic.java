package dev.kafila.failure;

import java.util.function.UnaryOperator;

/**
 * A topic that is written to, and created when it is missing.
 *
 * @param partitions  if it has to be created; null: the broker's default
 * @param replication if it has to be created; null: the broker's default
 */
public record TargetTopic(String name, Integer partitions, Integer replication) {
    /**
     * Reads its size from the parameters of a kamelet.
     *
     * @param parameter  whose name is followed by {@code Partitions} and {@code Replication}
     * @param parameters text of a parameter by its name; empty: it is not set
     * @throws IllegalArgumentException with the name of a parameter that is not right
     */
    public static TargetTopic of(String parameter, String name, UnaryOperator<String> parameters) {
        return new TargetTopic(
                name,
                number(parameter + "Partitions", parameters, Integer.MAX_VALUE),
                number(parameter + "Replication", parameters, Short.MAX_VALUE));
    }

    /** Null if it is not set. */
    private static Integer number(String parameter, UnaryOperator<String> parameters, int most) {
        String text = parameters.apply(parameter);
        if (text.isEmpty()) {
            return null;
        }
        try {
            int number = Integer.parseInt(text);
            if (number > 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(parameter + ": '" + text + "' is not a whole number", e);
        }
        throw new IllegalArgumentException(parameter + ": " + text + " is not from 1 to " + most);
    }
}
