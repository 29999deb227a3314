package dev.kafila.mapping.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Mapping.Wanted;
import dev.kafila.mapping.MappingStatus;
import dev.kafila.mapping.Observation;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatesTest {
    private final Mapping mapping = TestMappings.created();

    @Test
    void aChangeIsFirstSeenInTransition() {
        MappingStatus first = States.next(mapping, null, List.of(seen(1, 1, null, "OK")), 1);
        MappingStatus changed = States.next(
                TestMappings.withBatchSize(mapping, 7), status("Enabled"), List.of(seen(2, 1, null, null)), 1);

        assertThat(first).isEqualTo(new MappingStatus(1, "Creating", "USER_INITIATED", "OK", 1));
        assertThat(changed).isEqualTo(new MappingStatus(2, "Updating", "USER_INITIATED", "before", 1));
    }

    @Test
    void itIsEnabledOnceAPollerOfItsVersionRuns() {
        assertThat(state(mapping, "Creating")).isEqualTo("Creating");
        assertThat(state(mapping, "Creating", seen(1, 0, null, null))).isEqualTo("Creating");
        assertThat(state(mapping, "Creating", seen(0, 3, null, null))).isEqualTo("Creating");
        assertThat(state(mapping, "Creating", seen(1, 0, null, null), seen(1, 1, null, null)))
                .isEqualTo("Enabled");
    }

    @Test
    void whatIsEnabledStaysSoWhileNoPollerRuns() {
        assertThat(state(mapping, "Enabled")).isEqualTo("Enabled");
        assertThat(state(mapping, "Enabled", seen(1, 0, "EVENT_SOURCE_AUTHN_ERROR", null)))
                .isEqualTo("Enabled");
    }

    @Test
    void itIsDisabledOrGoneOnceNobodySeesItAnyMore() {
        Mapping disabled = new Mapping(1, Wanted.DISABLED, mapping.configuration(), mapping.tags());
        Mapping deleted = new Mapping(1, Wanted.DELETED, mapping.configuration(), mapping.tags());

        assertThat(state(disabled, "Disabling", seen(0, 0, null, null))).isEqualTo("Disabling");
        assertThat(state(disabled, "Disabling")).isEqualTo("Disabled");
        assertThat(state(deleted, "Deleting", seen(0, 1, null, null))).isEqualTo("Deleting");
        assertThat(state(deleted, "Deleting")).isEqualTo(MappingStatus.GONE);
    }

    @Test
    void theReasonIsWhatIsWrongWithThisVersion() {
        Observation wrong = seen(1, 0, "FUNCTION_CONFIG_NOT_VALID", null);
        Observation wasWrong = seen(0, 0, "ESM_CONFIG_NOT_VALID", null);

        assertThat(next(mapping, seen(1, 1, null, null), wrong).reason()).isEqualTo("FUNCTION_CONFIG_NOT_VALID");
        assertThat(next(mapping, wasWrong).reason()).isEqualTo("USER_INITIATED");
    }

    @Test
    void theLastResultIsTheWorstOfThoseThatThereAre() {
        Observation ok = seen(1, 1, null, "OK");
        Observation failed = seen(1, 1, null, "PROBLEM: Function call failed");

        assertThat(next(mapping, ok, failed, ok).lastResult()).isEqualTo("PROBLEM: Function call failed");
        assertThat(next(mapping, failed, seen(1, 1, null, null)).lastResult())
                .isEqualTo("PROBLEM: Function call failed");
        assertThat(next(mapping, ok).lastResult()).isEqualTo("OK");
        assertThat(next(mapping, seen(1, 1, null, null)).lastResult()).isEqualTo("before");
        assertThat(States.next(mapping, null, List.of(), 1).lastResult()).isEqualTo("No records processed");
    }

    private static MappingStatus status(String state) {
        return new MappingStatus(1, state, "USER_INITIATED", "before", 1);
    }

    private static String state(Mapping mapping, String before, Observation... seen) {
        return States.next(mapping, status(before), List.of(seen), 1).state();
    }

    private static MappingStatus next(Mapping mapping, Observation... seen) {
        return States.next(mapping, status("Enabled"), List.of(seen), 1);
    }

    private Observation seen(long version, int pollers, String reason, String lastResult) {
        return new Observation(mapping.uuid(), version, pollers, 8, 0, 0, false, reason, lastResult);
    }
}
