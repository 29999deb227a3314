package dev.kafila.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file of the golden directory: it names each case after a {@code #} and holds what is expected in the next line. */
public final class GoldenFile {
    private GoldenFile() {}

    public static Map<String, String> read(String name) {
        try (InputStream in = GoldenFile.class.getResourceAsStream("/golden/" + name + ".txt")) {
            assertThat(in).as("golden file %s", name).isNotNull();
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            Map<String, String> cases = new LinkedHashMap<>();
            for (int at = 0; at < lines.size(); at += 2) {
                assertThat(lines.get(at)).startsWith("# ");
                cases.put(lines.get(at).substring(2), lines.get(at + 1));
            }
            return cases;
        } catch (IOException e) {
            throw new AssertionError("Cannot read golden file " + name, e);
        }
    }
}
