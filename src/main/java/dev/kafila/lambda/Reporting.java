package dev.kafila.lambda;

import dev.kafila.batch.Outcomes;
import dev.kafila.failure.FailedRecord;
import dev.kafila.failure.Pending;
import dev.kafila.failure.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Lets records count: at once, or, where a topic is to hear of them, when their reports are written.
 *
 * @param answers whether there is a response topic
 * @param errors  whether there is an error topic
 * @param batch   whether a payload is a batch
 */
record Reporting(boolean answers, boolean errors, boolean batch) {

    /**
     * Counts records as delivered.
     *
     * @param sent   with one request
     * @param failed indices of those of them that were not delivered
     */
    Pending delivered(Pending pending, SentRecords sent, Set<Integer> failed, String answer) {
        if (!answers) {
            return pending.plus(Outcomes.delivered(sent.size() - failed.size()));
        }
        List<String> results = Results.of(answer, sent, batch);
        List<Report> reports = new ArrayList<>(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            if (!failed.contains(i)) {
                reports.add(new Report.Answered(sent.get(i), results.get(i), Outcomes.delivered(1)));
            }
        }
        return pending.plusReports(reports);
    }

    /** @param each how one of the records counts now */
    Pending givenUp(Pending pending, List<FailedRecord> failed, Outcomes each) {
        Pending counted = pending;
        List<Report> reports = new ArrayList<>(failed.size());
        for (FailedRecord one : failed) {
            if (errors) {
                reports.add(new Report.GivenUp(one, each));
            } else {
                counted = counted.plus(each);
            }
        }
        return counted.plusReports(reports);
    }
}
