package dev.kafila.faults.proof;

import dev.kafila.faults.Pause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** When which fault is due: those of processes one after another, and beside them those of the endpoint one after another. */
final class Timetable {
    private final List<Fault> schedule;
    private final Faults faults;

    Timetable(Plan plan, Faults faults) {
        this.schedule = plan.faults();
        this.faults = faults;
    }

    /** @param began start of the workload, by {@link System#nanoTime()} */
    List<Future<List<Happened>>> start(ExecutorService threads, long began) {
        return Stream.of(true, false)
                .map(ofProcesses -> lane(ofProcesses))
                .map(lane -> threads.submit(() -> work(lane, began)))
                .toList();
    }

    private List<Fault> lane(boolean ofProcesses) {
        return schedule.stream()
                .filter(fault -> fault.kind().isOfProcesses() == ofProcesses)
                .sorted(Comparator.comparing(Fault::after))
                .toList();
    }

    private List<Happened> work(List<Fault> lane, long began) {
        List<Happened> happened = new ArrayList<>();
        for (Fault fault : lane) {
            Pause.until(began + fault.after().toNanos());
            happened.add(faults.happen(fault));
        }
        return happened;
    }
}
