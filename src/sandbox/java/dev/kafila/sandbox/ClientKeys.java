package dev.kafila.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What a client of a secured broker logs in with, in PEM.
 *
 * @param certificate  self-signed
 * @param key          as it is
 * @param encryptedKey the same, readable with {@link #PASSPHRASE}
 */
public record ClientKeys(String certificate, String key, String encryptedKey) {
    /** Of the encrypted key. */
    public static final String PASSPHRASE = "client-passphrase";

    private static final String ENCRYPTION = "PBEWithHmacSHA256AndAES_128";

    static ClientKeys generate(Path directory) throws IOException {
        BrokerKeys made = BrokerKeys.generate(directory);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(made.keyStore())) {
                store.load(in, BrokerKeys.PASSWORD.toCharArray());
            }
            Key key = store.getKey(BrokerKeys.ALIAS, BrokerKeys.PASSWORD.toCharArray());
            return new ClientKeys(
                    Files.readString(made.caFile()),
                    BrokerKeys.pem("PRIVATE KEY", key.getEncoded()),
                    BrokerKeys.pem("ENCRYPTED PRIVATE KEY", encrypted(key)));
        } catch (GeneralSecurityException e) {
            throw new IOException("The client's key store cannot be read: " + made.keyStore(), e);
        }
    }

    private static byte[] encrypted(Key key) throws GeneralSecurityException, IOException {
        Cipher cipher = Cipher.getInstance(ENCRYPTION);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(ENCRYPTION).generateSecret(new PBEKeySpec(PASSPHRASE.toCharArray())));
        // JDK 17 knows no object identifier for what it calls the parameters of its own cipher.
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
        parameters.init(cipher.getParameters().getEncoded());
        return new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(key.getEncoded())).getEncoded();
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "ClientKeys[]";
    }
}
