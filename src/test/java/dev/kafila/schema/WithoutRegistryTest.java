package dev.kafila.schema;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kafila.aws.AwsSettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WithoutRegistryTest {
    private static final Map<String, String> NOTHING_OF_THIS_MACHINE = Map.of(
            "aws.configFile", "/nonexistent",
            "aws.sharedCredentialsFile", "/nonexistent",
            "aws.disableEc2Metadata", "true");

    private final Map<String, String> before = new HashMap<>();

    @BeforeEach
    void leaveThisMachineOut() {
        assumeTrue(System.getenv("AWS_REGION") == null && System.getenv("AWS_DEFAULT_REGION") == null);
        NOTHING_OF_THIS_MACHINE.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
    }

    @AfterEach
    void restore() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    @Test
    void aConverterThatCanAskNobodyIsRefusedAtTheStart() {
        SchemaConverter converter = new SchemaConverter(DataFormat.AVRO, AwsSettings.SDK_DEFAULTS);

        assertThatThrownBy(() -> converter.configure(Map.of(), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("schema.registry.url")
                .hasMessageContaining("region");
    }
}
