package dev.kafila.mapping;

/** Another change of a mapping came first. */
public final class StaleMappingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StaleMappingException(String uuid) {
        super("The event source mapping " + uuid + " was changed meanwhile: get it and change it again");
    }
}
