package dev.kafila.record;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Tells text from other bytes. */
public final class Utf8 {
    private Utf8() {}

    /** The text that bytes are in UTF-8; null if they are none. */
    public static String text(byte[] bytes) {
        try {
            // A new decoder reports what String's constructor would replace.
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
