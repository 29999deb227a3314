package dev.kafila.eventbridge;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/**
 * One record as EventBridge is to get it, made once and kept for every attempt.
 *
 * @param source the record as the broker sent it
 * @param wire   what a request carries
 * @param size   in bytes, as EventBridge counts: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
 * @param upload must be in S3 before the entry is put; null unless a part of the detail is offloaded
 */
record Entry(ConsumerRecord<byte[], byte[]> source, PutEventsRequestEntry wire, int size, Upload upload) {

    /** With what is to be uploaded. */
    long bytes() {
        return upload == null ? size : size + (long) upload.content().asByteArrayUnsafe().length;
    }

    /** The same entry when its upload is done. */
    Entry uploaded() {
        return new Entry(source, wire, size, null);
    }
}
