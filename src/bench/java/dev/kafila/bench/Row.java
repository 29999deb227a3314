package dev.kafila.bench;

import java.util.Comparator;
import java.util.List;

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

    /** How fast it is, as a part of what a consumer alone reaches. */
    double ofConsumer() {
        return drain.recordsPerSecond() / consumer.recordsPerSecond();
    }
}
