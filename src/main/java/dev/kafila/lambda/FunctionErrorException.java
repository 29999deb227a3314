package dev.kafila.lambda;

/** A function ran and failed: Lambda answers that with status 200. What the function says about it is not kept. */
public final class FunctionErrorException extends RuntimeException {

    /** Names {@code Handled} or {@code Unhandled}. */
    public FunctionErrorException(String functionError) {
        super("The function failed: " + functionError, null, false, false);
    }
}
