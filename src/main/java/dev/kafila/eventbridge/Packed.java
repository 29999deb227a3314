package dev.kafila.eventbridge;

import dev.kafila.format.RejectedRecord;
import dev.kafila.record.SourceUnavailableException;
import java.util.List;

/**
 * The next request, and what became of the records that it was made of.
 *
 * @param taken       how many records are done with, from the first on: each is an entry, rejected or filtered
 * @param entries     of the request, in order, at most {@link RequestPacker#MAX_ENTRIES}; if there are none, there is no request
 * @param rejected    records that cannot be in any request
 * @param filtered    how many are not to be in any
 * @param unavailable why the request ends before a record that cannot be read for now; null if it does not
 */
record Packed(
        int taken,
        List<Entry> entries,
        List<RejectedRecord> rejected,
        int filtered,
        SourceUnavailableException unavailable) {}
