package dev.kafila.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AwsSettingsTest {

    @Test
    void whatIsSetIsNamedAsItIsRead() {
        AwsSettings all = AwsSettings.of(name -> "a " + name);

        assertThat(all.named()).containsOnlyKeys(AwsSettings.NAMES);
        assertThat(AwsSettings.of(all.named()::get)).isEqualTo(all);
    }

    @Test
    void whatIsNotSetIsNotNamed() {
        AwsSettings some = AwsSettings.of(name -> name.equals("proxy") ? "http://proxy:3128" : "");

        assertThat(some.named()).hasSize(1).containsEntry("proxy", "http://proxy:3128");
    }
}
