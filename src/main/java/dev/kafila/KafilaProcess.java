package dev.kafila;

import dev.kafila.aws.AwsSettingsException;
import dev.kafila.logging.Logging;
import dev.kafila.management.Management;
import dev.kafila.migrate.ImportCommand;
import dev.kafila.preflight.PreflightException;
import dev.kafila.settings.LogFormat;
import dev.kafila.settings.Settings;
import dev.kafila.settings.SettingsException;
import dev.kafila.settings.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application as the only thing that a process does: started from the process's settings, drained by SIGTERM. */
final class KafilaProcess {
    /** Ended on request, with everything drained. */
    static final int DONE = 0;

    /** Did not start, or did not stop in order. */
    static final int FAILED = 1;

    /** Cannot start with these settings; to start it again changes nothing. */
    static final int MISCONFIGURED = 2;

    private static final String USAGE = """
            Usage:
              java [-Dkafila.<setting>=<value>]... -jar kafila.jar    carries records until it is stopped
              %s
            """.formatted(ImportCommand.USAGE);

    /** Completed with null if there is nothing to stop. */
    private final CompletableFuture<Application> started = new CompletableFuture<>();

    /** Starts the application and does not return while it runs; otherwise the status to exit with. */
    int run(String... arguments) {
        if (arguments.length > 0) {
            return command(List.of(arguments));
        }
        Settings settings;
        try {
            settings = Settings.load(Sources.ofProcess());
        } catch (SettingsException e) {
            System.err.println(e.getMessage());
            return MISCONFIGURED;
        }
        Logging.configure(
                settings.logFormat() == LogFormat.JSON,
                settings.camelProperties().get("kafila.log-level"));
        Management.warmUp();
        Runtime.getRuntime().addShutdownHook(new Thread(this::shutDown, "kafila-shutdown"));
        return start(settings);
    }

    private static int command(List<String> arguments) {
        List<String> rest = arguments.subList(1, arguments.size());
        switch (arguments.get(0)) {
            case "import" -> {
                return new ImportCommand(Path.of("").toAbsolutePath(), System.in, System.out, System.err).run(rest);
            }
            case "--help", "-h" -> {
                System.out.print(USAGE);
                return DONE;
            }
            default -> {
                System.err.println("There is no command " + arguments.get(0)
                        + ": settings are environment variables, or -D options before -jar.");
                System.err.print(USAGE);
                return MISCONFIGURED;
            }
        }
    }

    private int start(Settings settings) {
        Logger log = LoggerFactory.getLogger(KafilaProcess.class);
        try {
            Path directory = Path.of("").toAbsolutePath();
            Application application = Logging.withoutTrace(() -> Application.start(settings, directory));
            started.complete(application);
            // The shutdown hook ends the process.
            Thread.currentThread().join();
            return DONE;
        } catch (NothingToRunException e) {
            log.error(e.getMessage());
            return MISCONFIGURED;
        } catch (Exception e) {
            log.error("Kafila did not start. {}", e.getMessage());
            log.debug("Failed start", e);
            return isSetting(e) ? MISCONFIGURED : FAILED;
        } finally {
            started.complete(null);
        }
    }

    private static boolean isSetting(Throwable failure) {
        return failure != null
                && (failure instanceof AwsSettingsException
                        || failure instanceof PreflightException
                        || isSetting(failure.getCause()));
    }

    private void shutDown() {
        Application application = started.join();
        if (application == null) {
            return;
        }
        int status = DONE;
        try {
            application.close();
        } catch (Exception e) {
            LoggerFactory.getLogger(KafilaProcess.class).error("Kafila did not stop in order", e);
            status = FAILED;
        }
        // The JVM would exit with 143 after SIGTERM, which supervisors take for a failure.
        Runtime.getRuntime().halt(status);
    }
}
