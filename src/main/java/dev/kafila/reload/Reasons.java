package dev.kafila.reload;

import dev.kafila.preflight.PreflightException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;

/** Makes one line of an exception of Camel's, which names the route in one cause and the file and line in another. */
public final class Reasons {

    private Reasons() {}

    /**
     * What the causes say, after the file and line of the step that could not be built, where that is known.
     *
     * @param context in which it was built; may be null
     */
    public static String of(Throwable failure, CamelContext context) {
        for (Throwable cause = failure; cause != null && context != null; cause = cause.getCause()) {
            if (cause instanceof PreflightException) {
                break;
            }
            if (cause instanceof FailedToCreateRouteException notCreated) {
                return source(notCreated, (ModelCamelContext) context) + of(failure);
            }
        }
        return of(failure);
    }

    private static String source(FailedToCreateRouteException failure, ModelCamelContext context) {
        RouteDefinition route = failure.getRouteId() == null ? null : context.getRouteDefinition(failure.getRouteId());
        if (route == null || route.getLocation() == null) {
            return "";
        }
        int line = route.getInput() == null ? 0 : route.getInput().getLineNumber();
        for (ProcessorDefinition<?> step : steps(route)) {
            // How Camel points to the step in its message.
            if (failure.getMessage().contains(">>> " + step + " <<<")) {
                line = step.getLineNumber();
            }
        }
        return route.getLocation() + (line < 1 ? ": " : ", line " + line + ": ");
    }

    private static List<ProcessorDefinition<?>> steps(ProcessorDefinition<?> of) {
        List<ProcessorDefinition<?>> steps = new ArrayList<>();
        for (ProcessorDefinition<?> step : of.getOutputs()) {
            steps.add(step);
            steps.addAll(steps(step));
        }
        return steps;
    }

    /** What the causes say, outermost first, without repetition, ended by a full stop; a preflight's problems as they are. */
    public static String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PreflightException refused) {
                return refused.getMessage();
            }
        }
        Set<String> messages = new LinkedHashSet<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            add(messages, message.strip().replaceAll("\\s*\\R\\s*", " "));
        }
        String line = String.join(": ", messages);
        return line.endsWith(".") ? line : line + ".";
    }

    /** A cause's message is often part of that of the exception around it. */
    private static void add(Set<String> messages, String message) {
        if (messages.stream().noneMatch(known -> known.contains(message))) {
            messages.removeIf(message::contains);
            messages.add(message);
        }
    }
}
