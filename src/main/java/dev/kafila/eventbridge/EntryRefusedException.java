package dev.kafila.eventbridge;

/** EventBridge took a request, but not this entry of it. */
public final class EntryRefusedException extends RuntimeException {

    /** @param errorCode as EventBridge names it; null: it names none */
    public EntryRefusedException(String errorCode) {
        super(
                "EventBridge did not take the entry: " + (errorCode == null ? "no event id" : errorCode),
                null,
                false,
                false);
    }
}
