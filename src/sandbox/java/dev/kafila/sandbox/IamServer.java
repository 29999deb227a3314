package dev.kafila.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.Security;
import java.util.Map;
import java.util.UUID;
import javax.security.auth.callback.CallbackHandler;
import javax.security.sasl.SaslServer;
import javax.security.sasl.SaslServerFactory;
import software.amazon.msk.auth.iam.IAMLoginModule;

/** The broker's side of {@code AWS_MSK_IAM}: one message of the client, one answer. */
final class IamServer implements SaslServer {
    private final String host;
    private final IamKeys keys;
    /** Null until it is known. */
    private String keyId;

    private IamServer(String host, IamKeys keys) {
        this.host = host;
        this.keys = keys;
    }

    /** Lets this JVM's brokers take the mechanism. */
    static void register() {
        Security.addProvider(new Mechanism());
    }

    @SuppressWarnings("serial") // Nobody writes a provider to a stream.
    private static final class Mechanism extends Provider {
        Mechanism() {
            super("KafilaSandboxIam", "1", "The broker's side of AWS_MSK_IAM");
            put("SaslServerFactory." + IAMLoginModule.MECHANISM, Factory.class.getName());
        }
    }

    /** Made by the JDK. */
    public static final class Factory implements SaslServerFactory {
        @Override
        public SaslServer createSaslServer(
                String mechanism, String protocol, String server, Map<String, ?> properties, CallbackHandler handler) {
            return handler instanceof IamKeys keys ? new IamServer(server, keys) : null;
        }

        @Override
        public String[] getMechanismNames(Map<String, ?> properties) {
            return new String[] {IAMLoginModule.MECHANISM};
        }
    }

    @Override
    public String getMechanismName() {
        return IAMLoginModule.MECHANISM;
    }

    @Override
    public byte[] evaluateResponse(byte[] message) {
        keyId = keys.verify(IamRequest.of(message), host);
        return JsonText.write(Map.of(
                        "version", "2020_10_22", "request-id", UUID.randomUUID().toString()))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isComplete() {
        return keyId != null;
    }

    @Override
    public String getAuthorizationID() {
        return keyId;
    }

    @Override
    public byte[] unwrap(byte[] incoming, int offset, int length) {
        throw new IllegalStateException("TLS protects what is said");
    }

    @Override
    public byte[] wrap(byte[] outgoing, int offset, int length) {
        throw new IllegalStateException("TLS protects what is said");
    }

    @Override
    public Object getNegotiatedProperty(String name) {
        return null;
    }

    @Override
    public void dispose() {}
}
