package dev.kafila.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class ConnectPropertiesTest {

    @Test
    void whatBeginsWithThePrefixIsReadUnderTheRestOfItsName() {
        ConnectProperties properties = read(
                Map.of("connect.orders.transforms", "mask", "connect.orders.transforms.mask.type", "Mask", "x", "y"));

        assertThat(properties.text("transforms")).isEqualTo("mask");
        assertThat(properties.under("transforms.mask.")).isEqualTo(Map.of("type", "Mask"));
        assertThat(properties.under("x")).isEmpty();
    }

    @Test
    void aValueMayReferToASecretThatIsKeptElsewhere() {
        ConnectProperties properties = read(Map.of(
                "connect.orders.value-converter.basic.auth.user.info", "{{registry.login}}",
                "registry.login", "user:{secret}"));

        assertThat(properties.under("value-converter.")).containsEntry("basic.auth.user.info", "user:{secret}");
    }

    @Test
    void aSecretThatIsMissingIsNamed() {
        Map<String, String> missing = Map.of("connect.orders.value-converter.token", "{{env:NOT_SET}}");

        assertThatThrownBy(() -> read(missing)).hasMessageContaining("env:NOT_SET");
    }

    private static ConnectProperties read(Map<String, String> properties) {
        CamelContext context = new DefaultCamelContext();
        properties.forEach(context.getPropertiesComponent()::addInitialProperty);
        return ConnectProperties.read("property:connect.orders.", context);
    }
}
