package dev.kafila.eventbridge;

/** How many bytes text takes in UTF-8, without making them. */
final class Utf8Size {
    private Utf8Size() {}

    /** Half a surrogate pair counts as the question mark that is written for it. */
    static int of(String text) {
        int size = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                continue;
            }
            if (c < 0x800) {
                size++;
            } else if (!Character.isSurrogate(c)) {
                size += 2;
            } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                // Four for two characters; the second adds nothing.
                size += 2;
            }
        }
        return size;
    }
}
