package dev.kafila.migrate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param files  to read; {@code -} is the standard input
 * @param output where to write; "" is the working directory
 * @param force  whether files that are there are replaced
 */
record ImportArguments(List<String> files, String output, boolean force, boolean help) {

    /** Throws {@link ImportException} with what is wrong. */
    static ImportArguments parse(List<String> arguments) {
        List<String> files = new ArrayList<>();
        String output = "";
        boolean force = false;
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            String argument = left.pop();
            switch (argument) {
                case "--help", "-h" -> {
                    return new ImportArguments(List.of(), "", false, true);
                }
                case "--force" -> force = true;
                case "--output" -> output = next(left, argument);
                default -> files.add(file(argument));
            }
        }
        if (files.isEmpty()) {
            throw new ImportException("import: no file is given");
        }
        return new ImportArguments(List.copyOf(files), output, force, false);
    }

    private static String next(Deque<String> left, String option) {
        if (left.isEmpty()) {
            throw new ImportException("import: " + option + " needs a value");
        }
        return left.pop();
    }

    private static String file(String argument) {
        if (argument.startsWith("-") && !argument.equals("-")) {
            throw new ImportException("import: there is no option " + argument);
        }
        return argument;
    }
}
