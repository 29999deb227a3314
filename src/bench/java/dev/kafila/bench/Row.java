package dev.kafila.bench;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** A drain, and what it is made of, measured right after it. */
record Row(DrainFigures drain, Cost sdk, Cost consumer) {

    /** The one whose ratio to the SDK is in the middle. */
    static Row median(List<Row> rows) {
        return rows.stream()
                .sorted(Comparator.comparingDouble(Row::ofSdk))
                .skip(rows.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    /** How fast it is, as a part of what the SDK alone reaches. */
    double ofSdk() {
        return drain.recordsPerSecond() / sdk.recordsPerSecond();
    }

    /** The same once it is warm, as the SDK is; empty if it was too near its end. */
    OptionalDouble warmOfSdk() {
        OptionalDouble warm = drain.warmRecordsPerSecond();
        return warm.isPresent() ? OptionalDouble.of(warm.getAsDouble() / sdk.recordsPerSecond()) : warm;
    }

    /** How fast it is, as a part of what a consumer alone reaches. */
    double ofConsumer() {
        return drain.recordsPerSecond() / consumer.recordsPerSecond();
    }
}
