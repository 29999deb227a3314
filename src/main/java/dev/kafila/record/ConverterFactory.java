package dev.kafila.record;

import dev.kafila.aws.AwsSettings;
import org.apache.kafka.connect.storage.Converter;

/** Makes converters for names that are no classes on the class path. Found as a Java service. */
public interface ConverterFactory {

    /**
     * Makes a converter that is not configured yet.
     *
     * @param name a short name, or a class that a converter of ours stands in for
     * @param aws  how the converter reaches AWS
     * @return null if the factory does not know the name
     */
    Converter create(String name, AwsSettings aws);
}
