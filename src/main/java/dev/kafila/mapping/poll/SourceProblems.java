package dev.kafila.mapping.poll;

import java.security.cert.CertificateException;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;

/** Tells what it means for a mapping that its consumer failed. It is total: what nobody knows may be over by itself. */
final class SourceProblems {
    private static final int MAX_CAUSES = 20;

    private SourceProblems() {}

    static Problem of(Throwable failure) {
        return causes(failure)
                .flatMap(cause -> Stream.ofNullable(known(cause)))
                .findFirst()
                .orElseGet(() -> new Problem(
                        null,
                        "PROBLEM: Lambda internal error: the consumer failed with "
                                + failure.getClass().getSimpleName()));
    }

    private static Problem known(Throwable cause) {
        if (cause instanceof SourceException own) {
            return own.problem();
        }
        if (cause instanceof SslAuthenticationException) {
            return Problem.authentication(
                    causes(cause).anyMatch(CertificateException.class::isInstance)
                            ? "Lambda failed to authenticate server."
                            : "Server failed to authenticate Lambda.");
        }
        if (cause instanceof AuthenticationException) {
            return Problem.authentication("SASL authentication failed.");
        }
        if (cause instanceof AuthorizationException) {
            return Problem.authorization();
        }
        if (cause instanceof InvalidTopicException) {
            return Problem.NO_TOPIC;
        }
        if (cause instanceof ConfigException || cause instanceof InvalidGroupIdException) {
            return Problem.REFUSED;
        }
        return cause instanceof TimeoutException || cause instanceof DisconnectException ? Problem.CONNECTION : null;
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX_CAUSES);
    }
}
