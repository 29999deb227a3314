package dev.kafila.mapping;

/** There is another mapping of the same source, topic, group and function. */
public final class MappingExistsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String uuid;

    /** @param uuid of the one that there is */
    public MappingExistsException(String uuid) {
        super("There is an event source mapping of this source, topic, group and function: " + uuid);
        this.uuid = uuid;
    }

    /** Of the one that there is. */
    public String uuid() {
        return uuid;
    }
}
