package dev.kafila.eventbridge;

import dev.kafila.bench.Pipelines;
import dev.kafila.bench.Samples;
import dev.kafila.format.PayloadBuffer;
import java.util.List;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** Entries as a sink makes them that is told nothing but its bus. */
public final class SampleEntries {
    /** What a request of EventBridge may hold, in bytes. */
    static final int LIMIT = 1024 * 1024;

    private SampleEntries() {}

    static EntryReader reader(String bus) {
        EntryOptions options = EntryOptions.of(name -> name.equals("bus") ? bus : "");
        return new EntryReader(Pipelines.reading(true, false), new EntryFormatter(options, LIMIT));
    }

    /** Entries of records whose values have as many bytes. */
    public static List<PutEventsRequestEntry> of(String bus, int count, int bytes) {
        EntryReader reader = reader(bus);
        PayloadBuffer buffer = new PayloadBuffer(LIMIT);
        return Samples.records(count, bytes).stream()
                .map(record -> reader.read(record, buffer).wire())
                .toList();
    }
}
