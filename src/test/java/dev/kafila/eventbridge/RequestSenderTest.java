package dev.kafila.eventbridge;

import static dev.kafila.record.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.delivery.Outcome.Delivered;
import dev.kafila.delivery.Outcome.Permanent;
import dev.kafila.delivery.Outcome.Retry;
import dev.kafila.eventbridge.Reply.Result;
import dev.kafila.eventbridge.RequestLimiter.Ending;
import dev.kafila.failure.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.s3.model.S3Exception;

class RequestSenderTest {
    private final List<List<Entry>> puts = new ArrayList<>();
    private final List<String> written = new ArrayList<>();

    @Test
    void onceTheLeaseHasEndedNothingIsSent() {
        Reply reply = sender(null).send(List.of(plain(0), offloaded(1)), () -> false);

        assertThat(reply).isEqualTo(new Reply(List.of(), Ending.OTHER));
        assertThat(puts).isEmpty();
        assertThat(written).isEmpty();
    }

    @Test
    void aLeaseThatEndsWhileSomethingIsUploadedEndsTheRequestBeforeThePut() {
        AtomicBoolean live = new AtomicBoolean(true);
        RequestSender sender = sender(upload -> live.set(false));

        Reply reply = sender.send(List.of(plain(0), offloaded(1), offloaded(2)), live::get);

        assertThat(reply.results()).isEmpty();
        assertThat(written).containsExactly("key-1");
        assertThat(puts).isEmpty();
    }

    @Test
    void whatIsInS3IsPutWithTheOthersAndNotUploadedAgain() {
        Reply reply = sender(null).send(List.of(plain(0), offloaded(1)), () -> true);

        assertThat(written).containsExactly("key-1");
        assertThat(reply.results()).extracting(Result::outcome).containsOnly(new Delivered());
        assertThat(reply.results())
                .extracting(result -> result.entry().upload())
                .containsOnlyNulls();
        assertThat(reply.ending()).isEqualTo(Ending.TAKEN);
    }

    @Test
    void anUploadThatFailsIsThatEntrysFailureAndTheOthersArePut() {
        RequestSender sender = sender(upload -> {
            throw SdkClientException.create("Unable to execute HTTP request");
        });

        Reply reply = sender.send(List.of(offloaded(0), plain(1)), () -> true);

        assertThat(puts).singleElement().satisfies(put -> assertThat(put)
                .extracting(entry -> entry.source().offset())
                .containsExactly(1L));
        assertThat(reply.results()).first().satisfies(failed -> {
            assertThat(failed.outcome()).isInstanceOf(Retry.class);
            assertThat(failed.bucket()).isEqualTo("details");
            assertThat(failed.entry().upload()).isNotNull();
        });
    }

    @Test
    void aContentThatS3FindsTooLargeIsNotCut() {
        RequestSender sender = sender(upload -> {
            throw S3Exception.builder().statusCode(413).build();
        });

        assertThat(sender.send(List.of(offloaded(0), offloaded(1)), () -> true).results())
                .extracting(Result::outcome)
                .containsOnly(new Permanent(FailureKind.TOO_LARGE, "413"));
    }

    @Test
    void aThrottleOfS3SaysNothingOfTheBus() {
        RequestSender sender = sender(upload -> {
            throw S3Exception.builder().statusCode(429).build();
        });

        assertThat(sender.send(List.of(offloaded(0), plain(1)), () -> true).ending())
                .isEqualTo(Ending.TAKEN);
    }

    @Test
    void whatTheClientOfS3ThrowsIsThatEntrysFailure() {
        RequestSender sender = sender(upload -> {
            throw new IllegalStateException("Connection pool shut down");
        });

        assertThat(sender.send(List.of(offloaded(0)), () -> true).results()).hasSize(1);
    }

    /** What S3 does with an upload before it is written. */
    private interface Fate {
        void decide(Upload upload);
    }

    /** @param fate null: everything is written */
    private RequestSender sender(Fate fate) {
        Uploads uploads = new Uploads() {
            @Override
            public void put(Upload upload) {
                if (fate != null) {
                    fate.decide(upload);
                }
                written.add(upload.key());
            }

            @Override
            public String bucket() {
                return "details";
            }
        };
        return new RequestSender(
                entries -> {
                    puts.add(entries);
                    return PutAnswer.answered(entries.stream()
                            .map(entry ->
                                    PutEventsResultEntry.builder().eventId("id").build())
                            .toList());
                },
                uploads,
                Set.of(500, 503));
    }

    private static Entry plain(long offset) {
        return new Entry(
                record(offset, "k", "v"), PutEventsRequestEntry.builder().build(), 100, null);
    }

    private static Entry offloaded(long offset) {
        return new Entry(
                record(offset, "k", "v"),
                PutEventsRequestEntry.builder().build(),
                100,
                new Upload("key-" + offset, SdkBytes.fromUtf8String("{}")));
    }
}
