package dev.kafila.faults.proof;

import dev.kafila.faults.Pause;
import dev.kafila.faults.proof.Fleet.Member;
import dev.kafila.sandbox.SandboxBroker;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Does what a schedule says, and tells what really happened. */
final class Faults {
    private final Fleet fleet;
    private final SandboxBroker broker;
    private final Endpoint endpoint;
    private final Orders orders;
    private final Random choice;

    Faults(Plan plan, Fleet fleet, SandboxBroker broker, Endpoint endpoint, Orders orders) {
        this.fleet = fleet;
        this.broker = broker;
        this.endpoint = endpoint;
        this.orders = orders;
        choice = new Random(plan.workload().seed());
    }

    /** Returns when what the fault took away is there again. */
    Happened happen(Fault fault) {
        long began = System.nanoTime();
        String instance = fault.kind().isOfProcesses() ? toProcess(fault) : toSurroundings(fault);
        return new Happened(fault, instance, began, System.nanoTime());
    }

    /** Returns the access key id of the instance that it was done to; null: to none. */
    private String toProcess(Fault fault) {
        return switch (fault.kind()) {
            case KILL -> kill();
            case FREEZE -> freeze(fault.length());
            case JOIN -> fleet.start().name();
            case LEAVE -> leave();
            case ROUTE_EDITED -> edit();
            case BROKER_AWAY -> {
                broker.stop();
                Pause.of(fault.length());
                broker.restart();
                yield null;
            }
            default -> throw new IllegalArgumentException(fault.kind() + " is not done to a process");
        };
    }

    private String kill() {
        Member member = any(fleet.expendable());
        fleet.kill(member);
        fleet.start();
        return member.name();
    }

    private String freeze(Duration length) {
        Member member = any(fleet.expendable());
        member.instance().freeze();
        Pause.of(length);
        member.instance().thaw();
        return member.name();
    }

    private String leave() {
        Member member = any(fleet.expendable());
        fleet.stop(member);
        return member.name();
    }

    private String edit() {
        Member member = any(fleet.running());
        RouteFiles.in(member.instance().directory()).edit(member.instance()::log);
        return member.name();
    }

    private Member any(List<Member> members) {
        return members.get(choice.nextInt(members.size()));
    }

    /** Returns null: it is done to all instances. */
    private String toSurroundings(Fault fault) {
        switch (fault.kind()) {
            case ENDPOINT_DOWN -> {
                endpoint.stop();
                Pause.of(fault.length());
                endpoint.restart();
            }
            case DEAD_LETTERS_UNWRITABLE -> refuseDeadLetters(fault.length());
            case SKEWED_CLOCK -> {
                orders.skew(true);
                Pause.of(fault.length());
                orders.skew(false);
            }
            default -> storm(fault);
        }
        return null;
    }

    private void storm(Fault fault) {
        endpoint.storm(fault.kind());
        Pause.of(fault.length());
        endpoint.storm(null);
        if (fault.kind() == FaultKind.SLOW_FUNCTION) {
            // The last of the calls are out until then.
            Pause.of(FunctionReplies.SLOW);
        }
    }

    private void refuseDeadLetters(Duration length) {
        Stream.of(Flow.values()).map(Flow::deadLetters).forEach(broker::denyWrites);
        Pause.of(length);
        Stream.of(Flow.values()).map(Flow::deadLetters).forEach(broker::allowWrites);
        fleet.resume();
    }
}
