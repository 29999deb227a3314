package dev.kafila.faults.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a Java process holds at a moment, by the JDK's own tool and by the system.
 *
 * @param at          by {@link System#nanoTime()}
 * @param heap        bytes that a collection of the whole heap left
 * @param threads     of Java; those of the compiler and the collector come and go
 * @param descriptors open files and sockets; 0 where the system does not tell
 * @param resident    bytes of memory; 0 where the system does not tell
 */
record Vitals(long at, long heap, long threads, long descriptors, long resident) {
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final long LONGEST_ANSWER_SECONDS = 20;

    private static final Pattern HEAP = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern THREADS = Pattern.compile("java\\.threads\\.live=(\\d+)");

    /** Collects the garbage of a process and counts what is left. */
    static Vitals of(long pid) {
        return new Vitals(
                System.nanoTime(),
                // Counted while nothing runs: what the process takes in meanwhile is not in it.
                number(HEAP, jcmd(pid, "GC.class_histogram")),
                number(THREADS, jcmd(pid, "PerfCounter.print")),
                descriptors(pid),
                resident(pid));
    }

    private static long number(Pattern pattern, List<String> answer) {
        return answer.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("This JVM does not count " + pattern));
    }

    private static List<String> jcmd(long pid, String command) {
        try {
            Process process = new ProcessBuilder(JCMD.toString(), String.valueOf(pid), command)
                    .redirectErrorStream(true)
                    .start();
            List<String> answer = process.inputReader().lines().toList();
            if (!process.waitFor(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("Process " + pid + " does not answer " + command + ": " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("The JDK's jcmd cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a process is looked at", e);
        }
    }

    private static long descriptors(long pid) {
        Path open = Path.of("/proc", String.valueOf(pid), "fd");
        if (!Files.exists(open)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(open)) {
            return all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long resident(long pid) {
        Path status = Path.of("/proc", String.valueOf(pid), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
