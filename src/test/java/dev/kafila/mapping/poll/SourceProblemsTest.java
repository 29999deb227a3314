package dev.kafila.mapping.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SourceProblemsTest {

    @ParameterizedTest
    @MethodSource
    void whatFailedTellsWhy(Throwable failure, String reason) {
        assertThat(SourceProblems.of(failure).reason()).isEqualTo(reason);
        assertThat(SourceProblems.of(new KafkaException("around it", failure)).reason())
                .isEqualTo(reason);
        assertThat(SourceProblems.of(failure).result()).startsWith("PROBLEM: ");
    }

    static Stream<Arguments> whatFailedTellsWhy() {
        return Stream.of(
                Arguments.of(new SaslAuthenticationException("no"), "EVENT_SOURCE_AUTHN_ERROR"),
                Arguments.of(new SslAuthenticationException("no"), "EVENT_SOURCE_AUTHN_ERROR"),
                Arguments.of(new IllegalSaslStateException("no"), "EVENT_SOURCE_AUTHN_ERROR"),
                Arguments.of(new UnsupportedSaslMechanismException("SCRAM-SHA-512"), "EVENT_SOURCE_AUTHN_ERROR"),
                Arguments.of(new TopicAuthorizationException("orders"), "EVENT_SOURCE_AUTHZ_ERROR"),
                Arguments.of(GroupAuthorizationException.forGroupId("orders"), "EVENT_SOURCE_AUTHZ_ERROR"),
                Arguments.of(new ClusterAuthorizationException("no"), "EVENT_SOURCE_AUTHZ_ERROR"),
                Arguments.of(new InvalidTopicException("orders"), "ESM_CONFIG_NOT_VALID"),
                Arguments.of(new InvalidGroupIdException("no"), "ESM_CONFIG_NOT_VALID"),
                Arguments.of(new ConfigException("no"), "ESM_CONFIG_NOT_VALID"),
                Arguments.of(new SourceException(Problem.INVALID_KEY), "ESM_CONFIG_NOT_VALID"),
                Arguments.of(new TimeoutException("late"), null),
                Arguments.of(new IllegalStateException("unheard of"), null));
    }

    @Test
    void whoDidNotTrustWhomIsTold() {
        Throwable untrusted = new SSLHandshakeException("no path").initCause(new CertificateException("no path"));

        assertThat(SourceProblems.of(new SslAuthenticationException("failed", untrusted))
                        .result())
                .isEqualTo("PROBLEM: Lambda failed to authenticate server.");
        assertThat(SourceProblems.of(new SslAuthenticationException("failed", new SSLHandshakeException("alert")))
                        .result())
                .isEqualTo("PROBLEM: Server failed to authenticate Lambda.");
    }

    @Test
    void whatNobodyKnowsIsNotQuoted() {
        assertThat(SourceProblems.of(new IllegalStateException("value of a record"))
                        .result())
                .doesNotContain("value of a record");
    }
}
