package dev.kafila.mapping.destination;

import dev.kafila.aws.AwsFailure;
import java.util.Set;

/** A destination did not take a record. */
final class DestinationRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says the same each time for the same reason, and so names no request. */
    DestinationRefusedException(AwsFailure failure) {
        super(reason(failure), failure.thrown());
    }

    /** What AWS says of a refused message may quote it. */
    private static String reason(AwsFailure failure) {
        boolean configuration = failure.meaning(Set.of()) == AwsFailure.Meaning.CONFIGURATION;
        return configuration ? failure.code() + " " + failure.detail() : failure.code();
    }
}
