package dev.kafila.batch;

/**
 * How the records of one batch ended. A route leaves it in the exchange property {@link BatchConstants#OUTCOMES}; without
 * one, a batch whose exchange did not fail counts as delivered. A total that is not the batch's size fails the batch.
 */
public record Outcomes(int delivered, int filtered, int dropped, int deadLettered) {
    public static final Outcomes NONE = new Outcomes(0, 0, 0, 0);

    public static Outcomes delivered(int records) {
        return new Outcomes(records, 0, 0, 0);
    }

    public static Outcomes filtered(int records) {
        return new Outcomes(0, records, 0, 0);
    }

    public static Outcomes dropped(int records) {
        return new Outcomes(0, 0, records, 0);
    }

    public static Outcomes deadLettered(int records) {
        return new Outcomes(0, 0, 0, records);
    }

    public Outcomes plus(Outcomes other) {
        return new Outcomes(
                delivered + other.delivered,
                filtered + other.filtered,
                dropped + other.dropped,
                deadLettered + other.deadLettered);
    }

    public int total() {
        return delivered + filtered + dropped + deadLettered;
    }
}
