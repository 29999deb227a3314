package dev.kafila.routes;

import dev.kafila.format.PayloadBuffer;
import dev.kafila.format.RecordFormatter;
import dev.kafila.record.KafkaRecord;
import org.apache.kafka.common.TopicPartition;

/** What a user may write: an array of nothing but values. */
public final class ValuesFormatter implements RecordFormatter {

    @Override
    public boolean decodes() {
        return true;
    }

    @Override
    public void begin(TopicPartition partition, PayloadBuffer out) {
        out.write('[');
    }

    @Override
    public void write(KafkaRecord record, PayloadBuffer out) {
        out.string(String.valueOf(record.value().value()));
    }

    @Override
    public void end(PayloadBuffer out) {
        out.write(']');
    }
}
