package dev.kafila.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Key and certificate of the secured broker, made by the JDK's own keytool so that a bare machine needs nothing else.
 *
 * @param keyStore   PKCS12, the broker's key with a self-signed certificate for {@code localhost} and {@code 127.0.0.1}
 * @param caFile     PEM, what a client has to trust
 * @param trustStore PKCS12 with the same certificate
 */
record BrokerKeys(Path keyStore, Path caFile, Path trustStore) {
    /** Of both stores; guards nothing, the files live as long as the broker. */
    static final String PASSWORD = "sandbox-secret";

    static final String ALIAS = "broker";
    private static final int KEYTOOL_SECONDS = 60;

    static BrokerKeys generate(Path directory) throws IOException {
        Path keyStore = directory.resolve("broker.p12");
        runKeytool(keyStore);
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(keyStore)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            Certificate certificate = keys.getCertificate(ALIAS);
            return new BrokerKeys(
                    keyStore,
                    Files.writeString(directory.resolve("ca.pem"), pem("CERTIFICATE", certificate.getEncoded())),
                    trustStore(directory.resolve("trust.p12"), certificate));
        } catch (GeneralSecurityException e) {
            throw new IOException("The broker's key store cannot be read: " + keyStore, e);
        }
    }

    private static void runKeytool(Path keyStore) throws IOException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Path log = keyStore.resolveSibling("keytool.log");
        Process process = new ProcessBuilder(arguments(keytool, keyStore))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(keytool + " made no key: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + keytool, e);
        } finally {
            process.destroy();
        }
    }

    private static List<String> arguments(Path keytool, Path keyStore) {
        List<String> arguments = new ArrayList<>(List.of(keytool.toString(), "-genkeypair", "-alias", ALIAS));
        arguments.addAll(List.of("-keyalg", "RSA", "-keysize", "2048", "-validity", "3650", "-dname", "CN=localhost"));
        arguments.addAll(List.of("-ext", "san=dns:localhost,ip:127.0.0.1", "-ext", "bc:c"));
        arguments.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", keyStore.toString()));
        return arguments;
    }

    private static Path trustStore(Path file, Certificate certificate) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, certificate);
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    static String pem(String kind, byte[] bytes) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }
}
