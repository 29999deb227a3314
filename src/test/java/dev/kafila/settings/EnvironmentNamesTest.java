package dev.kafila.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EnvironmentNamesTest {

    @Test
    void everySettingHasAVariableOfItsOwn() {
        assertThat(Catalogue.named().map(Key::name))
                .allSatisfy(name -> assertThat(EnvironmentNames.setting(EnvironmentNames.of(name)))
                        .contains(name));
    }

    @Test
    void noSettingIsTakenForSomethingThatKubernetesInjects() {
        assertThat(Catalogue.named().map(Key::name).map(EnvironmentNames::of))
                .noneMatch(variable -> EnvironmentNames.isInjected(variable, "x"));
    }

    @Test
    void theRestOfAFamilysNameIsLowerCaseWithDots() {
        assertThat(EnvironmentNames.setting("KAFILA_KAFKA_PROPERTIES_SASL_LOGIN_CLASS"))
                .contains("kafila.kafka.properties.sasl.login.class");
    }

    @Test
    void aFamilyByItselfIsNoSetting() {
        assertThat(EnvironmentNames.setting("KAFILA_KAFKA_PROPERTIES_")).isEmpty();
        assertThat(EnvironmentNames.setting("KAFILA_KAFKA_PROPERTIES")).isEmpty();
    }
}
