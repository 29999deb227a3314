package dev.kafila.gateway.protobuf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.UninitializedMessageException;
import com.google.protobuf.util.JsonFormat;

/** Writes JSON as a protobuf message, by Protobuf's own mapping of JSON. */
public final class JsonEncoder {
    private JsonEncoder() {}

    /**
     * The message as it is on the wire.
     *
     * @param body as {@code RequestReader} reads it
     * @throws EncodingException if the body does not fit
     */
    public static ByteString encode(Descriptor message, ObjectNode body) throws EncodingException {
        TypeRegistry types = new BodyCheck(message, body).run();
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(message);
        try {
            JsonFormat.parser().usingTypeRegistry(types).merge(body.toString(), builder);
            return builder.build().toByteString();
        } catch (InvalidProtocolBufferException | UninitializedMessageException e) {
            // Not handed on: its message repeats the value.
            throw new EncodingException(message, body, "it does not fit", false);
        }
    }
}
