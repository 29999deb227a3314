package dev.kafila.mapping.poll;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Opens private keys in PEM that are kept under a passphrase. Kafka's own reader does not know PBES2, which is what OpenSSL writes. */
final class PrivateKeys {
    private static final Pattern ENCRYPTED = Pattern.compile(
            "-----BEGIN ENCRYPTED PRIVATE KEY-----(.*?)-----END ENCRYPTED PRIVATE KEY-----", Pattern.DOTALL);

    /** Algorithms that are named by their parameters. */
    private static final String BY_PARAMETERS = "PBES2";

    private PrivateKeys() {}

    /**
     * The key without its passphrase; one that has none is returned as it is.
     *
     * @throws SourceException if it cannot be read with this passphrase
     */
    static String open(String pem, String passphrase) {
        Matcher encrypted = ENCRYPTED.matcher(pem);
        if (!encrypted.find()) {
            return pem;
        }
        try {
            byte[] key = decrypt(Base64.getMimeDecoder().decode(encrypted.group(1)), passphrase.toCharArray());
            String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(key);
            return "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n";
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new SourceException(Problem.INVALID_KEY);
        }
    }

    private static byte[] decrypt(byte[] encrypted, char[] passphrase) throws IOException, GeneralSecurityException {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
        String algorithm = info.getAlgName().equals(BY_PARAMETERS)
                ? info.getAlgParameters().toString()
                : info.getAlgName();
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(passphrase)),
                info.getAlgParameters());
        return info.getKeySpec(cipher).getEncoded();
    }
}
