package dev.kafila.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a process has used since its start.
 *
 * @param cpu               user and system time; zero where the system does not tell
 * @param peakResidentBytes the most memory that it ever had; 0 where the system does not tell
 */
public record Usage(Duration cpu, long peakResidentBytes) {
    /** Of a process that runs. */
    public static Usage of(ProcessHandle process) {
        return new Usage(process.info().totalCpuDuration().orElse(Duration.ZERO), peakResidentBytes(process.pid()));
    }

    private static long peakResidentBytes(long pid) {
        Path status = Path.of("/proc", String.valueOf(pid), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
