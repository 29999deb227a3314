package dev.kafila.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;

@Timeout(60)
class AwsRegionTest {

    @TempDir
    private Path home;

    private final SystemProperties properties = new SystemProperties();

    /** Neither this machine's files nor, if it is one of AWS's, its metadata answer. */
    @BeforeEach
    void leaveThisMachineOut() throws Exception {
        assumeTrue(System.getenv("AWS_REGION") == null);
        Path file = Files.writeString(home.resolve("config"), """
                [profile orders]
                region=eu-west-3
                """);
        properties
                .set("aws.configFile", file.toString())
                .set("aws.sharedCredentialsFile", home + "/none")
                .set("aws.disableEc2Metadata", "true");
    }

    @AfterEach
    void restore() {
        properties.close();
    }

    @Test
    void theSettingWins() {
        properties.set("aws.region", "us-east-1");

        assertThat(AwsRegion.of(settings(Map.of("region", "eu-central-1")))).isEqualTo(Region.EU_CENTRAL_1);
    }

    @Test
    void theSdksOwnPropertyWinsOverTheVariableOfTheCommandLineTools() {
        properties.set("aws.region", "us-east-1");

        assertThat(region(Map.of(), "ap-south-1")).isEqualTo(Region.US_EAST_1);
    }

    @Test
    void theVariableOfTheCommandLineToolsWinsOverAProfile() {
        assertThat(region(Map.of("profile", "orders"), "ap-south-1")).isEqualTo(Region.AP_SOUTH_1);
    }

    @Test
    void theProfileOfTheSettingsHasARegion() {
        assertThat(region(Map.of("profile", "orders"), "")).isEqualTo(Region.EU_WEST_3);
    }

    @Test
    void whatIsMissingIsSaidWithWhatToSet() {
        assumeTrue(System.getenv("AWS_DEFAULT_REGION") == null);

        assertThatThrownBy(() -> AwsRegion.of(settings(Map.of())))
                .isInstanceOf(AwsSettingsException.class)
                .hasMessageStartingWith("region: none is set; set it, or AWS_REGION or AWS_DEFAULT_REGION");
    }

    private static Region region(Map<String, String> settings, String defaultRegion) {
        return AwsRegion.chain(settings(settings), defaultRegion).getRegion();
    }

    private static AwsSettings settings(Map<String, String> values) {
        return AwsSettings.of(values::get);
    }
}
