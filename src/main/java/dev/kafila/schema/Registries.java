package dev.kafila.schema;

import dev.kafila.aws.AwsSettings;
import dev.kafila.aws.AwsSettingsException;
import org.apache.kafka.connect.errors.DataException;

/** The registries that a converter can ask: Confluent's if an address is set, Glue's if there is a region. */
final class Registries implements AutoCloseable {
    /** Null if no address is set. */
    private final ConfluentRegistry confluent;

    private final GlueRegistry glue;

    private Registries(ConfluentRegistry confluent, GlueRegistry glue) {
        this.confluent = confluent;
        this.glue = glue;
    }

    /** Throws {@link IllegalArgumentException} with the name of an option if there is neither. */
    static Registries of(ConverterOptions options, AwsSettings aws) {
        ConfluentRegistry confluent = new ConfluentOptions(options).registry();
        GlueRegistry glue = new GlueRegistry(GlueOptions.settings(options, aws));
        if (confluent == null) {
            try {
                glue.connect();
            } catch (AwsSettingsException e) {
                throw new IllegalArgumentException(
                        ConfluentOptions.URL + ": is not set, and AWS Glue's registry cannot be asked either: "
                                + e.getMessage(),
                        e);
            }
        }
        return new Registries(confluent, glue);
    }

    RegisteredSchema find(Frame frame, String topic, boolean key) {
        if (frame instanceof Frame.Glue named) {
            return glue.find(named.id());
        }
        if (confluent == null) {
            throw new DataException("The record was written with a Confluent registry, schema " + frame.schemaId()
                    + ", and " + ConfluentOptions.URL + " of the converter is not set");
        }
        return confluent.find(((Frame.Confluent) frame).id(), topic, key);
    }

    @Override
    public void close() {
        glue.close();
    }
}
