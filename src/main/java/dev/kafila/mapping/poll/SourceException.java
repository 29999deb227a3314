package dev.kafila.mapping.poll;

/** A client of a mapping's source cannot be made. It names secrets and brokers, and holds nothing that a secret holds. */
final class SourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** Without a cause: whatever reads keys and passwords may quote them. */
    SourceException(Problem problem) {
        super(problem.result());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
