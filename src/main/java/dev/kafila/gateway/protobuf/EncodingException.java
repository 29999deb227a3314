package dev.kafila.gateway.protobuf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;

/** A body that does not fit its schema. */
public final class EncodingException extends Exception {
    private static final long serialVersionUID = 1;

    private final String answer;
    private final boolean unknownField;

    EncodingException(Descriptor message, ObjectNode body, String problem, boolean unknownField) {
        super("A body does not fit " + message.getFullName());
        this.answer =
                "Can not serialize input json " + body + " using schema " + message.getFullName() + ": " + problem;
        this.unknownField = unknownField;
    }

    /** What its sender is told, with the body in it: for the sender only, never for a log. */
    public String answer() {
        return answer;
    }

    /** Whether the body has something that the schema does not know, but a newer version of it may. */
    public boolean unknownField() {
        return unknownField;
    }
}
