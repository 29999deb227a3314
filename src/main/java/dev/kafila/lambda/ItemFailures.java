package dev.kafila.lambda;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which records an answer names as failed, in its member {@code batchItemFailures}: a total function of the answer and what was sent.
 *
 * @param readable false if the answer cannot be understood, or names what was not sent: then the whole batch has failed
 * @param failed   indices of the named records
 */
record ItemFailures(boolean readable, Set<Integer> failed) {
    static final ItemFailures NONE = new ItemFailures(true, Set.of());

    private static final ItemFailures UNREADABLE = new ItemFailures(false, Set.of());

    /** Reads an answer; one that is empty says nothing, as null does. */
    static ItemFailures of(String answer, SentRecords sent) {
        if (answer.isBlank()) {
            return NONE;
        }
        Set<Integer> failed = new TreeSet<>();
        try (AnswerReader reader = new AnswerReader(answer)) {
            if (reader.next() == JsonToken.START_OBJECT) {
                for (String name = reader.nextMember(); name != null; name = reader.nextMember()) {
                    JsonToken value = reader.next();
                    if (!name.equals("batchItemFailures")) {
                        reader.skip();
                    } else if (value == JsonToken.START_ARRAY
                            ? !items(reader, sent, failed)
                            : value != JsonToken.VALUE_NULL) {
                        return UNREADABLE;
                    }
                }
            } else {
                reader.skip();
            }
            return reader.next() == null ? new ItemFailures(true, Set.copyOf(failed)) : UNREADABLE;
        } catch (IOException e) {
            return UNREADABLE;
        }
    }

    private static boolean items(AnswerReader reader, SentRecords sent, Set<Integer> failed) throws IOException {
        for (JsonToken item = reader.next(); item != JsonToken.END_ARRAY; item = reader.next()) {
            int index = item == JsonToken.START_OBJECT ? item(reader, sent) : SentRecords.NONE;
            if (index == SentRecords.NONE) {
                return false;
            }
            failed.add(index);
        }
        return true;
    }

    private static int item(AnswerReader reader, SentRecords sent) throws IOException {
        int index = SentRecords.NONE;
        for (String name = reader.nextMember(); name != null; name = reader.nextMember()) {
            JsonToken value = reader.next();
            if (name.equals("itemIdentifier")) {
                index = value == JsonToken.START_OBJECT ? identifier(reader, sent) : SentRecords.NONE;
            }
            reader.skip();
        }
        return index;
    }

    private static int identifier(AnswerReader reader, SentRecords sent) throws IOException {
        String partition = null;
        Long offset = null;
        for (String name = reader.nextMember(); name != null; name = reader.nextMember()) {
            reader.next();
            switch (name) {
                case "partition" -> partition = reader.string();
                case "offset" -> offset = reader.integer();
                default -> {}
            }
            reader.skip();
        }
        return partition == null || offset == null ? SentRecords.NONE : sent.find(partition, offset);
    }
}
