package dev.kafila.lambda;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a function's own log, which Lambda sends with the answer of a synchronous call to whoever asks. Asked for and shown at debug
 * only: what a function logs may hold values of records.
 */
final class FunctionLog {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionLog.class);

    /** As much as Lambda sends, in bytes: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
    private static final int MAX_BYTES = 4 * 1024;

    private FunctionLog() {}

    static boolean isWanted() {
        return LOG.isDebugEnabled();
    }

    /**
     * Shows it.
     *
     * @param coordinates of the records that the function got
     * @param base64      as Lambda sends it; null: it did not
     */
    static void show(FunctionName function, String coordinates, String base64) {
        if (base64 == null) {
            return;
        }
        try {
            byte[] log = Base64.getDecoder().decode(base64);
            int start = Math.max(0, log.length - MAX_BYTES);
            String text = new String(log, start, log.length - start, StandardCharsets.UTF_8);
            LOG.debug("{} made function {} log:\n{}", coordinates, function, text.strip());
        } catch (IllegalArgumentException e) {
            LOG.debug("What {} made function {} log is not Base64", coordinates, function);
        }
    }
}
