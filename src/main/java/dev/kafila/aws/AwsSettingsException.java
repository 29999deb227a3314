package dev.kafila.aws;

/** A client for AWS cannot be made from these settings. The message names the setting, never its value if that is a secret. */
public final class AwsSettingsException extends RuntimeException {

    /**
     * @param message what is wrong, and what would be right
     * @param cause   may be null
     */
    public AwsSettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
