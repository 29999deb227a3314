package dev.kafila.gateway.publish;

import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Says why a record was not acknowledged, whether it may be written nevertheless, and what to do about it. */
final class Failures {
    /** With those the broker did not take the record. After any other it may have, and its answer was lost. */
    private static final List<Class<? extends Exception>> CERTAIN = List.of(
            AuthorizationException.class,
            AuthenticationException.class,
            BufferExhaustedException.class,
            InvalidRecordException.class,
            InvalidTopicException.class,
            PolicyViolationException.class,
            RecordBatchTooLargeException.class,
            RecordTooLargeException.class,
            UnsupportedVersionException.class);

    private Failures() {}

    /** Of a record that the client of Kafka had. */
    static PublishFailedException of(String topic, Throwable problem) {
        boolean certain = CERTAIN.stream().anyMatch(type -> type.isInstance(problem));
        return new PublishFailedException(
                reason(topic, problem) + (certain ? "" : "; the record may have been written"), problem);
    }

    /** Of what has to be there before the client gets any record. */
    static PublishFailedException before(String topic, Throwable problem) {
        return new PublishFailedException(reason(topic, problem), problem);
    }

    private static String reason(String topic, Throwable problem) {
        if (problem instanceof RecordTooLargeException || problem instanceof RecordBatchTooLargeException) {
            return "the record is too large for topic " + topic + ": " + told(problem)
                    + "; make it smaller, or raise max.message.bytes of the topic";
        }
        if (problem instanceof TopicAuthorizationException) {
            return "Kafila may not write to topic " + topic + ": grant it WRITE and DESCRIBE";
        }
        if (problem instanceof ClusterAuthorizationException) {
            return "Kafila may not write to topic " + topic
                    + " idempotently: grant it WRITE on a topic, or IDEMPOTENT_WRITE on the cluster";
        }
        if (problem instanceof AuthenticationException) {
            return "the cluster of topic " + topic + " does not let Kafila in: " + told(problem)
                    + "; look at the login";
        }
        if (problem instanceof NotEnoughReplicasException) {
            return "topic " + topic + " has fewer replicas in sync than its min.insync.replicas: look at its brokers";
        }
        return "topic " + topic + " was not written to: " + told(problem);
    }

    static PublishFailedException stopping(String topic) {
        return new PublishFailedException("topic " + topic + " was not written to: Kafila is stopping");
    }

    /** What is told of a fault of our own: its message may hold anything. */
    static String unexpected(Throwable fault) {
        Throwable root = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        StackTraceElement[] trace = root.getStackTrace();
        return "unexpected " + root.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    /** What a client of Kafka says, by which it can be looked up. */
    static String told(Throwable problem) {
        if (problem == null) {
            return "no reason is known";
        }
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + (root.getMessage() == null ? "" : ": " + root.getMessage());
    }
}
