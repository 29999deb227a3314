package dev.kafila.gateway.schema;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;

/**
 * What the records of a topic are written with.
 *
 * @param name    for answers, as {@code schema orders of the registry default-registry}
 * @param message of the body; in answers its full name
 * @param frame   what stands before the message on the wire; empty: nothing
 */
public record TopicSchema(String topic, String name, Descriptor message, ByteString frame) {}
