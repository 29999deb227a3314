package dev.kafila.aws;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * The key on the curve P-256 that belongs to an AWS access key: derived from the secret by a key derivation function in counter mode
 * (NIST SP 800-108), so that AWS, which knows the secret, can check what was signed for several regions at once.
 *
 * @param accessKeyId of the access key
 * @param secret      of the access key
 * @param key         that requests are signed with
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">AWS Signature Version 4A</a>
 */
record SigV4aKey(String accessKeyId, String secret, PrivateKey key) {
    static final String ALGORITHM = "AWS4-ECDSA-P256-SHA256";

    private static final String SECRET_PREFIX = "AWS4A";
    private static final String MAC = "HmacSHA256";
    private static final int KEY_BITS = 256;
    private static final int MOST_TRIES = 254;

    static SigV4aKey of(AwsCredentialsIdentity credentials) {
        String id = credentials.accessKeyId();
        String secret = credentials.secretAccessKey();
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
            BigInteger scalar = scalar(id, secret, curve.getOrder());
            return new SigV4aKey(
                    id, secret, KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(scalar, curve)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot sign on the curve P-256, as Signature Version 4A asks", e);
        }
    }

    boolean isOf(AwsCredentialsIdentity credentials) {
        return accessKeyId.equals(credentials.accessKeyId()) && secret.equals(credentials.secretAccessKey());
    }

    private static BigInteger scalar(String id, String secret, BigInteger order) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(MAC);
        mac.init(new SecretKeySpec((SECRET_PREFIX + secret).getBytes(StandardCharsets.UTF_8), MAC));
        BigInteger most = order.subtract(BigInteger.TWO);
        for (int tries = 1; tries <= MOST_TRIES; tries++) {
            BigInteger candidate = new BigInteger(1, mac.doFinal(input(id, tries)));
            // Any other number would make some keys likelier than others.
            if (candidate.compareTo(most) <= 0) {
                return candidate.add(BigInteger.ONE);
            }
        }
        throw new GeneralSecurityException("No key can be derived from the access key " + id);
    }

    private static byte[] input(String id, int tries) {
        byte[] label = ALGORITHM.getBytes(StandardCharsets.UTF_8);
        byte[] context = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + label.length + 1 + context.length + 1 + Integer.BYTES)
                .putInt(1)
                .put(label)
                .put((byte) 0)
                .put(context)
                .put((byte) tries)
                .putInt(KEY_BITS)
                .array();
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "SigV4aKey[" + accessKeyId + "]";
    }
}
