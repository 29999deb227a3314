package dev.kafila.mapping.poll;

import dev.kafila.batch.MemberState;
import dev.kafila.mapping.Observation;
import java.util.List;
import java.util.Optional;

/** Makes of what the members of a mapping's group tell what its owner wants to know. */
final class Sight {

    private Sight() {}

    /** @param refused why the route is not there; null: it is, or is to come */
    static Observation of(String uuid, long version, List<MemberState> members, Results results, Problem refused) {
        Results.Last last = results.last();
        Problem problem = Optional.ofNullable(refused).or(() -> source(members)).orElse(last.problem());
        return new Observation(
                uuid,
                version,
                (int) members.stream().filter(Sight::runs).count(),
                Math.max(
                        0,
                        members.stream().mapToInt(MemberState::partitions).max().orElse(0)),
                members.stream().mapToLong(MemberState::lag).sum(),
                members.stream().mapToDouble(MemberState::busy).average().orElse(0),
                results.takeThrottled(),
                problem == null ? null : problem.reason(),
                problem == null ? last.result() : problem.result());
    }

    private static boolean runs(MemberState member) {
        return member.joined() && member.failure() == null;
    }

    private static Optional<Problem> source(List<MemberState> members) {
        for (MemberState member : members) {
            if (member.failure() != null) {
                return Optional.of(SourceProblems.of(member.failure()));
            }
        }
        if (members.stream().anyMatch(MemberState::silent)) {
            return Optional.of(Problem.CONNECTION);
        }
        return !members.isEmpty() && members.stream().allMatch(member -> member.partitions() == 0)
                ? Optional.of(Problem.NO_TOPIC)
                : Optional.empty();
    }
}
