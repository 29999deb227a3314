package dev.kafila.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import software.amazon.msk.auth.iam.IAMLoginModule;

/** The access keys that a broker knows, with their secrets: the options of the listener's login module. */
public final class IamKeys implements AuthenticateCallbackHandler {
    /** An option that is no key: by how much the broker's clock is ahead, in ISO 8601. */
    private static final String AHEAD = "ahead";

    private final Map<String, String> secretKeys = new HashMap<>();
    private Duration ahead = Duration.ZERO;

    static String jaas(String keyId, String secretKey, Duration ahead) {
        return "%s required %s=\"%s\" %s=\"%s\";"
                .formatted(IAMLoginModule.class.getName(), keyId, secretKey, AHEAD, ahead);
    }

    @Override
    public void configure(Map<String, ?> broker, String mechanism, List<AppConfigurationEntry> entries) {
        IamServer.register();
        entries.get(0).getOptions().forEach((name, value) -> secretKeys.put(name, (String) value));
        ahead = Duration.parse(secretKeys.remove(AHEAD));
    }

    String verify(IamRequest request, String host) {
        return request.verify(host, secretKeys, Instant.now().plus(ahead));
    }

    @Override
    public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
        throw new UnsupportedCallbackException(callbacks[0]);
    }

    @Override
    public void close() {}
}
