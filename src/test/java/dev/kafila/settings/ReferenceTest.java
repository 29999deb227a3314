package dev.kafila.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code mvn test -Dtest=ReferenceTest -Dreference.write=true} writes what these tests compare. */
class ReferenceTest {

    @BeforeAll
    static void write() throws Exception {
        if (Boolean.getBoolean("reference.write")) {
            Reference.Markers.OF_PROPERTIES.write(Reference.PROPERTIES, Reference.properties());
            Reference.Markers.OF_MARKDOWN.write(Reference.README, Reference.markdown());
        }
    }

    @Test
    void applicationPropertiesHoldsEverySettingOfTheCatalogueWithItsDefault() throws Exception {
        assertThat(Reference.Markers.OF_PROPERTIES.read(Reference.PROPERTIES)).isEqualTo(Reference.properties());
    }

    @Test
    void applicationPropertiesReadsTheSameInEveryEncoding() throws Exception {
        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(Files.readString(Reference.PROPERTIES)))
                .isTrue();
    }

    @Test
    void theReadmeHoldsEverySettingOfTheCatalogue() throws Exception {
        assertThat(Reference.Markers.OF_MARKDOWN.read(Reference.README)).isEqualTo(Reference.markdown());
    }

    @Test
    void everySettingSaysWhatItMeans() {
        assertThat(Catalogue.KEYS).allSatisfy(key -> assertThat(key.meaning()).isNotBlank());
    }

    @Test
    void everyDefaultIsAValueOfItsKind() {
        assertThat(Catalogue.KEYS)
                .filteredOn(key -> !key.defaultValue().isEmpty())
                .allSatisfy(
                        key -> assertThat(key.type().read(key.defaultValue())).isPresent());
    }
}
