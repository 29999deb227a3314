package dev.kafila.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/** Debian's {@code kcat}, a Kafka client in C that shares no line with Kafka's own. */
final class Kcat {
    private static final byte KEY_END = 1;
    private static final byte VALUE_END = 2;
    private static final String RECORD_END = "\035\036\037";

    private final String brokers;

    private Kcat(String brokers) {
        this.brokers = brokers;
    }

    static Kcat of(String brokers) throws Exception {
        Program.requireInstalled("kcat", "kcat");
        return new Kcat(brokers);
    }

    /** A header; {@code value} may be null. */
    record Header(String name, SdkBytes value) {}

    /**
     * A record as kcat shows it.
     *
     * @param key     null: none
     * @param value   null: a tombstone
     * @param headers as {@code name=value}, separated by commas, with {@code NULL} for a null; one character a byte
     */
    record Seen(int partition, long offset, SdkBytes key, SdkBytes value, String headers) {}

    /**
     * Writes one record.
     *
     * @param key   null: none. kcat cannot write an empty key with a null value, nor a null key with an empty value
     * @param value null: a tombstone
     */
    void produce(String topic, int partition, SdkBytes key, SdkBytes value, Header... headers) throws Exception {
        produceCompressed(topic, partition, key, value, "none", headers);
    }

    /** Writes one record as {@link #produce} does, in a compressed batch. */
    void produceCompressed(String topic, int partition, SdkBytes key, SdkBytes value, String codec, Header... headers)
            throws Exception {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.writeBytes(key == null ? new byte[0] : key.asByteArray());
        input.write(KEY_END);
        input.writeBytes(value == null ? new byte[0] : value.asByteArray());
        input.write(VALUE_END);
        StringBuilder script =
                new StringBuilder("exec kcat -P -b \"$0\" -t \"$1\" -p \"$2\" -z \"$3\" -K '\\x01' -D '\\x02'");
        if (key == null || value == null) {
            script.append(" -Z");
        }
        for (Header header : headers) {
            script.append(" -H \"").append(header.name());
            if (header.value() != null) {
                script.append("=$(printf '").append(octal(header.value())).append("')");
            }
            script.append('"');
        }
        Program.run(
                        List.of("sh", "-c", script.toString(), brokers, topic, String.valueOf(partition), codec),
                        Map.of(),
                        SdkBytes.fromByteArray(input.toByteArray()))
                .success();
    }

    /** Bytes as the shell's {@code printf} takes them, since a Java process passes text only. Without line ends at the end, and zeros. */
    private static String octal(SdkBytes bytes) {
        StringBuilder octal = new StringBuilder();
        for (byte b : bytes.asByteArray()) {
            octal.append("\\%03o".formatted(b & 0xff));
        }
        return octal.toString();
    }

    /** Everything that the topic holds. */
    List<Seen> consume(String topic) throws Exception {
        String output =
                consume(topic, "-f", "%p %o %K %S|%k%s%h\\x1d\\x1e\\x1f").asString(ISO_8859_1);
        List<Seen> records = new ArrayList<>();
        int at = 0;
        while (at < output.length()) {
            int keyAt = output.indexOf('|', at) + 1;
            String[] numbers = output.substring(at, keyAt - 1).split(" ", -1);
            int keyLength = Integer.parseInt(numbers[2]);
            int valueLength = Integer.parseInt(numbers[3]);
            int valueAt = keyAt + Math.max(keyLength, 0);
            int headersAt = valueAt + Math.max(valueLength, 0);
            int end = output.indexOf(RECORD_END, headersAt);
            records.add(new Seen(
                    Integer.parseInt(numbers[0]),
                    Long.parseLong(numbers[1]),
                    keyLength < 0 ? null : bytes(output.substring(keyAt, valueAt)),
                    valueLength < 0 ? null : bytes(output.substring(valueAt, headersAt)),
                    output.substring(headersAt, end)));
            at = end + RECORD_END.length();
        }
        return records;
    }

    /** One JSON object a record; its {@code headers} are names and values in turns. What is not UTF-8 is replaced. */
    List<String> consumeAsJson(String topic) throws Exception {
        return new String(consume(topic, "-J").asByteArray(), UTF_8).lines().toList();
    }

    /** Reads that many records as a member of a group, and commits them. */
    void consumeAs(String group, String topic, int records) throws Exception {
        List<String> command = List.of(
                "kcat",
                "-q",
                "-b",
                brokers,
                "-G",
                group,
                "-c",
                String.valueOf(records),
                "-X",
                "auto.offset.reset=earliest",
                topic);
        Program.run(command, Map.of(), Program.NOTHING).success();
    }

    private SdkBytes consume(String topic, String... how) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("kcat", "-C", "-q", "-e", "-o", "beginning", "-b", brokers, "-t", topic));
        command.addAll(List.of(how));
        return Program.run(command, Map.of(), Program.NOTHING).success();
    }

    /** One byte for each character, which must be below 256. */
    static SdkBytes bytes(String text) {
        return SdkBytes.fromByteArray(text.getBytes(ISO_8859_1));
    }
}
