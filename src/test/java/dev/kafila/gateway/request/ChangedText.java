package dev.kafila.gateway.request;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Text as it should not arrive. */
public final class ChangedText {
    private ChangedText() {}

    /**
     * The text in UTF-8, half of the times as it is.
     *
     * @param parts what is put in or takes the place of something
     */
    public static byte[] of(String text, List<String> parts, Random random) {
        String changed = text;
        for (int changes = random.nextInt(4) - 1; changes > 0; changes--) {
            int from = random.nextInt(changed.length() + 1);
            int to = Math.min(changed.length(), from + random.nextInt(2) * random.nextInt(9));
            changed = changed.substring(0, from) + parts.get(random.nextInt(parts.size())) + changed.substring(to);
        }
        byte[] bytes = changed.getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(8) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }
}
