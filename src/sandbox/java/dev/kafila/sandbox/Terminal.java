package dev.kafila.sandbox;

import dev.kafila.batch.Ledger;
import dev.kafila.management.LedgerReport;
import java.io.PrintStream;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the sandbox tells a person: plain lines, cut to a width. Safe for use by several threads. */
final class Terminal {
    private static final int WIDTH = 110;
    private static final int SHOWN_RECORDS = 4;
    private static final int SHOWN_INVOCATIONS = 12;
    private static final int SHOWN_EVENTS = 3;
    private static final int SHOWN_PROBLEMS = 10;

    private final PrintStream out;
    private int invocations;
    private int events;

    Terminal(PrintStream out) {
        this.out = out;
    }

    synchronized void say(String line) {
        out.println(line);
    }

    synchronized void sent(List<SampleProducer.Sent> sent) {
        if (sent.isEmpty()) {
            return;
        }
        invocations = 0;
        events = 0;
        out.println();
        out.println(
                "Sent " + records(sent.size()) + " to " + sent.get(0).record().topic() + ":");
        sent.stream().limit(SHOWN_RECORDS).forEach(one -> {
            String key = PayloadRecords.readable(one.record().key());
            String value = PayloadRecords.readable(one.record().value());
            out.println(cut("  " + one.partition() + "@" + one.offset() + "  " + key + "  " + value));
        });
        more(sent.size() - SHOWN_RECORDS);
    }

    synchronized void received(Invocation invocation, PayloadRecords payload) {
        invocations++;
        if (invocations > SHOWN_INVOCATIONS) {
            if (invocations == SHOWN_INVOCATIONS + 1) {
                out.println("  ... and so on: what follows is counted, not shown");
            }
            return;
        }
        if (payload.size() == 0) {
            out.println(cut("Function " + invocation.function() + " received " + invocation.text()));
            return;
        }
        int last = payload.size() - 1;
        String range = payload.partition(0) + "@" + payload.offset(0) + (last == 0 ? "" : ".." + payload.offset(last));
        out.println("Function " + invocation.function() + " received " + records(payload.size()) + ", " + range
                + (last == 0 ? ":" : ", the last of them:"));
        out.println(cut("  " + payload.value(last)));
    }

    synchronized void taken(EventEntry event) {
        events++;
        if (events <= SHOWN_EVENTS) {
            out.println("Bus " + event.busName() + " took " + event.detailType() + " of " + event.source() + ":");
            out.println(cut("  " + event.detail()));
        } else if (events == SHOWN_EVENTS + 1) {
            out.println("  ... and more events");
        }
    }

    synchronized void deadLettered(List<ConsumerRecord<byte[], byte[]>> records) {
        records.forEach(record -> out.println(cut("Dead letter on " + record.topic() + ": "
                + PayloadRecords.readable(record.key()) + "  " + PayloadRecords.readable(record.value()))));
    }

    synchronized void requested(List<ConsumerRecord<byte[], byte[]>> records) {
        records.forEach(record -> out.println(cut("Written to " + record.topic() + "-" + record.partition() + "@"
                + record.offset() + ": " + PayloadRecords.readable(record.key()) + "  "
                + HexFormat.ofDelimiter(" ").formatHex(record.value()))));
    }

    synchronized void ledger(Ledger ledger) {
        out.println();
        out.println("Ledger:");
        List<String> lines = LedgerReport.lines(ledger);
        (lines.isEmpty() ? List.of("nothing was consumed") : lines).forEach(line -> out.println("  " + line));
    }

    synchronized void problems(List<String> problems) {
        out.println("It does not add up:");
        problems.stream().limit(SHOWN_PROBLEMS).forEach(problem -> out.println("  " + problem));
        more(problems.size() - SHOWN_PROBLEMS);
    }

    private void more(int count) {
        if (count > 0) {
            out.println("  ... and " + count + " more");
        }
    }

    private static String records(int count) {
        return count == 1 ? "1 record" : count + " records";
    }

    private static String cut(String line) {
        String flat = line.replaceAll("\\s+", " ").replaceFirst("^ ", "  ");
        return flat.codePointCount(0, flat.length()) <= WIDTH
                ? flat
                : flat.substring(0, flat.offsetByCodePoints(0, WIDTH - 3)) + "...";
    }
}
