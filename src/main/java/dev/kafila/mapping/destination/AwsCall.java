package dev.kafila.mapping.destination;

import dev.kafila.aws.AwsFailure;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.exception.SdkException;

/** A call of AWS as a future that is done when the call is. */
final class AwsCall {
    private AwsCall() {}

    /** Makes the call on this thread; never throws. */
    static CompletableFuture<Void> of(Callable<?> call) {
        try {
            var unused = call.call();
            return CompletableFuture.completedFuture(null);
        } catch (SdkException e) {
            return CompletableFuture.failedFuture(new DestinationRefusedException(AwsFailure.of(e)));
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
