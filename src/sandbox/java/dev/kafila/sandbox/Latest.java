package dev.kafila.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest of a kind, as many as are wanted. Its owner's lock guards it. */
final class Latest<T> {
    private final Deque<T> kept = new ArrayDeque<>();
    private int most;

    Latest(int most) {
        this.most = most;
    }

    void add(T one) {
        kept.addLast(one);
        trim();
    }

    /** From now on at most so many. */
    void limit(int number) {
        most = number;
        trim();
    }

    /** In the order in which they came. */
    List<T> all() {
        return List.copyOf(kept);
    }

    void clear() {
        kept.clear();
    }

    private void trim() {
        while (kept.size() > most) {
            kept.removeFirst();
        }
    }
}
