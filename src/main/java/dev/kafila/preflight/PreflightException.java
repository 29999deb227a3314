package dev.kafila.preflight;

import java.util.List;

/** Routes cannot do what they are for; the message has a line for each reason. */
public final class PreflightException extends RuntimeException {
    PreflightException(List<String> problems) {
        super(
                "What routes need was asked for before any record is read:\n  " + String.join("\n  ", problems)
                        + "\nWith validate=false (kafila.lambda.validate, kafila.eventbridge.validate) a route starts without asking.");
    }
}
