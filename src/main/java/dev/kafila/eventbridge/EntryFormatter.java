package dev.kafila.eventbridge;

import dev.kafila.eventbridge.Offload.Claim;
import dev.kafila.format.PayloadBuffer;
import dev.kafila.format.RecordFormatException;
import dev.kafila.format.RecordTooLargeException;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.Utf8;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** Makes entries of records, the same for every record but for what is the record's own. Thread-safe. */
final class EntryFormatter {
    /** Bytes that EventBridge counts for a time. */
    private static final int TIME_SIZE = 14;

    /** In characters: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html */
    private static final int TRACE_LENGTH = 500;

    private final EntryOptions options;
    private final int limit;
    private final int fixedSize;
    /** Null if there are none, which takes no room in a request. */
    private final List<String> resources;

    /** @param limit what all entries of a request stay below, in bytes */
    EntryFormatter(EntryOptions options, int limit) {
        this.options = options;
        this.limit = limit;
        resources = options.resources().isEmpty() ? null : options.resources();
        fixedSize = Utf8Size.of(options.source())
                + options.resources().stream().mapToInt(Utf8Size::of).sum();
    }

    int limit() {
        return limit;
    }

    /** Makes one entry; throws as {@link EntryReader#read} says. */
    Entry format(KafkaRecord record, PayloadBuffer buffer) {
        ConsumerRecord<byte[], byte[]> source = record.source();
        try {
            buffer.reset(options.offload() == null ? limit : Integer.MAX_VALUE);
            Detail.write(record, buffer);
            if (buffer.overflowed()) {
                throw new RecordTooLargeException(source, limit - 1);
            }
            return entry(record, buffer.text(), buffer.size());
        } catch (RecordTooLargeException e) {
            throw e;
        } catch (UnfitException e) {
            throw new RecordFormatException(source, EntryFormatter.class, e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new RecordFormatException(source, EntryFormatter.class, e);
        }
    }

    private Entry entry(KafkaRecord record, String detail, int detailSize) {
        ConsumerRecord<byte[], byte[]> source = record.source();
        String detailType = options.detailType().of(record, detail);
        Instant time = options.time().of(record, detail);
        String trace = traceHeader(source);
        int besides = fixedSize
                + Utf8Size.of(detailType)
                + (time == null ? 0 : TIME_SIZE)
                + (trace == null ? 0 : Utf8Size.of(trace));
        int room = limit - besides;
        Claim claim = claim(detail, detailSize >= room);
        int size = claim == null ? detailSize : Utf8Size.of(claim.detail());
        if (size >= room) {
            throw new RecordTooLargeException(source, limit - 1);
        }
        PutEventsRequestEntry wire = PutEventsRequestEntry.builder()
                .eventBusName(options.bus())
                .source(options.source())
                .detailType(detailType)
                .resources(resources)
                .detail(claim == null ? detail : claim.detail())
                .time(time)
                .traceHeader(trace)
                .build();
        return new Entry(source, wire, besides + size, claim == null ? null : claim.upload());
    }

    /** Null: the detail goes as it is. */
    private Claim claim(String detail, boolean tooLarge) {
        Offload offload = options.offload();
        return offload != null && (tooLarge || offload.always()) ? offload.claim(detail) : null;
    }

    /** What EventBridge would refuse is left out: it is not worth a record. */
    private String traceHeader(ConsumerRecord<byte[], byte[]> source) {
        Header header =
                options.traceHeader().isEmpty() ? null : source.headers().lastHeader(options.traceHeader());
        if (header == null || header.value() == null) {
            return null;
        }
        String trace = Utf8.text(header.value());
        return trace == null || trace.isEmpty() || trace.length() > TRACE_LENGTH ? null : trace;
    }
}
