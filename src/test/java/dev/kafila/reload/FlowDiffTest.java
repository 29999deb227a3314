package dev.kafila.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FlowDiffTest {
    private static final Map<String, String> ROUTES = Map.of(
            "a.camel.yaml", "to: kamelet:one", "b.camel.yaml", "to: kamelet:two", "c.camel.yaml", "to: direct:x");
    private static final Map<String, String> KAMELETS =
            Map.of("one.kamelet.yaml", "uri: log", "two.kamelet.yaml", "uri: kamelet:one", "three.kamelet.yaml", "");

    @Test
    void equalFilesAreNoEdit() {
        assertThat(FlowDiff.between(files(ROUTES, KAMELETS), files(ROUTES, KAMELETS))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void filesThatChangeComeOrGoAreTouched() {
        FlowFiles after = files(
                Map.of("a.camel.yaml", "to: direct:y", "b.camel.yaml", "to: kamelet:two", "d.camel.yaml", ""),
                KAMELETS);

        assertThat(FlowDiff.between(files(ROUTES, KAMELETS), after).routes())
                .containsExactly("a.camel.yaml", "c.camel.yaml", "d.camel.yaml");
    }

    @Test
    void aKameletTouchesWhatUsesItAlsoThroughAnother() {
        Map<String, String> edited = new TreeMap<>(KAMELETS);
        edited.put("one.kamelet.yaml", "uri: log:edited");

        FlowDiff diff = FlowDiff.between(files(ROUTES, KAMELETS), files(ROUTES, edited));

        assertThat(diff.kamelets()).containsExactly("one.kamelet.yaml", "two.kamelet.yaml");
        assertThat(diff.routes()).containsExactly("a.camel.yaml", "b.camel.yaml");
    }

    @Test
    void aKameletThatNobodyUsesTouchesNoRoute() {
        Map<String, String> edited = new TreeMap<>(KAMELETS);
        edited.put("three.kamelet.yaml", "edited");

        FlowDiff diff = FlowDiff.between(files(ROUTES, KAMELETS), files(ROUTES, edited));

        assertThat(diff.routes()).isEmpty();
        assertThat(diff.isEmpty()).isFalse();
    }

    @Test
    void aRouteConfigurationTouchesEveryRoute() {
        Map<String, String> edited = new TreeMap<>(ROUTES);
        edited.put("failures.camel.yaml", "- routeConfiguration:\n    id: failures");

        assertThat(FlowDiff.between(files(ROUTES, KAMELETS), files(edited, KAMELETS))
                        .routes())
                .isEqualTo(new TreeMap<>(edited).keySet());
    }

    @Test
    void aRouteThatNamesAConfigurationIsNone() {
        Map<String, String> edited = new TreeMap<>(ROUTES);
        edited.put("c.camel.yaml", "- route:\n    routeConfigurationId: failures");

        assertThat(FlowDiff.between(files(ROUTES, KAMELETS), files(edited, KAMELETS))
                        .routes())
                .containsExactly("c.camel.yaml");
    }

    private static FlowFiles files(Map<String, String> routes, Map<String, String> kamelets) {
        return new FlowFiles(files(routes), files(kamelets));
    }

    private static SortedMap<String, FlowFile> files(Map<String, String> texts) {
        SortedMap<String, FlowFile> files = new TreeMap<>();
        texts.forEach((name, text) -> files.put(name, new FlowFile("file:/" + name, text)));
        return files;
    }
}
