package dev.kafila.schema;

import java.util.List;

/**
 * What Confluent's {@code ProtobufConverter} can be told about the shape of what it makes, with its defaults.
 *
 * @param fullNames          whether schemas are named with their package
 * @param numbersForEnums    whether an enum is a number and not a string
 * @param unwrappedNullables whether a field of type {@code google.protobuf.StringValue} and its kin is the value in it
 * @param unwrappedRoots     whether a record that is nothing but such a wrapper is the value in it
 */
record ProtobufOptions(boolean fullNames, boolean numbersForEnums, boolean unwrappedNullables, boolean unwrappedRoots) {

    /** Throws {@link IllegalArgumentException} with the name of an option that is not right. */
    static ProtobufOptions of(ConverterOptions options) {
        for (String only : List.of("optional.for.proto2", "optional.for.nullables", "generalized.sum.type.support")) {
            boolean usual = only.equals("optional.for.proto2");
            if (options.flag(only, usual) != usual) {
                throw new IllegalArgumentException(only + ": only " + usual + " is supported");
            }
        }
        return new ProtobufOptions(
                options.flag("enhanced.protobuf.schema.support", false),
                options.flag("int.for.enums", false),
                options.flag("wrapper.for.nullables", false),
                options.flag("wrapper.for.raw.primitives", true));
    }
}
