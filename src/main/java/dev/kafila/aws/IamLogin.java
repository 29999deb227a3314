package dev.kafila.aws;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.utils.SdkAutoCloseable;
import software.amazon.msk.auth.iam.IAMLoginModule;
import software.amazon.msk.auth.iam.internals.AWSCredentialsCallback;

/** Logs in to Kafka by IAM with the credentials that every other client for AWS has. AWS's own handler takes neither keys nor a provider. */
public final class IamLogin implements AuthenticateCallbackHandler {
    /** What Kafka calls a login by IAM. */
    public static final String MECHANISM = IAMLoginModule.MECHANISM;

    /** Null before it is configured. */
    private AwsCredentialsProvider credentials;

    /** The value of Kafka's {@code sasl.jaas.config} that gives these settings to this class. Holds secrets. */
    public static String jaas(AwsSettings settings) {
        return settings.named().entrySet().stream()
                .map(option -> " " + option.getKey() + "=" + quoted(option.getValue()))
                .collect(Collectors.joining("", IAMLoginModule.class.getName() + " required", ";"));
    }

    @Override
    public void configure(Map<String, ?> client, String mechanism, List<AppConfigurationEntry> entries) {
        Map<String, ?> options = entries.get(0).getOptions();
        credentials = AwsCredentials.of(AwsSettings.of(name -> (String) options.get(name)));
    }

    @Override
    public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
        for (Callback callback : callbacks) {
            if (!(callback instanceof AWSCredentialsCallback wanted)) {
                throw new UnsupportedCallbackException(callback);
            }
            try {
                wanted.setAwsCredentials(credentials.resolveCredentials());
            } catch (SdkException e) {
                wanted.setLoadingException(e);
            }
        }
    }

    @Override
    public void close() {
        if (credentials instanceof SdkAutoCloseable open) {
            open.close();
        }
    }

    /** As Kafka's parser reads it, which is {@link java.io.StreamTokenizer}. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
