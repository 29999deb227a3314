package dev.kafila.record;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/** Makes converters, transforms and predicates of classes on the class path or in the plug-in directory. */
public final class ConnectClasses {
    private ConnectClasses() {}

    /**
     * Makes one of a kind, not configured yet.
     *
     * @param name of the class; inner classes with a dollar sign, as in Connect
     * @throws IllegalArgumentException if there is no such class, it is of another kind, or it cannot be made
     */
    public static <T> T create(String name, Class<T> kind, CamelContext context) {
        try {
            Class<?> type = context.getClassResolver().resolveClass(name);
            if (type == null) {
                throw new IllegalArgumentException(
                        "class " + name + " is neither on the class path nor in the plug-in directory");
            }
            if (!kind.isAssignableFrom(type)) {
                throw new IllegalArgumentException(name + " is not a " + kind.getName());
            }
            if (Modifier.isAbstract(type.getModifiers())) {
                throw new IllegalArgumentException(name + " is abstract" + concrete(type, kind));
            }
            return kind.cast(type.getConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalArgumentException(name + " cannot be made: " + reason(e), e);
        }
    }

    /** What to tell of an exception that a plug-in threw: its message, or else its class. */
    public static String reason(Throwable thrown) {
        Throwable cause = thrown instanceof ReflectiveOperationException && thrown.getCause() != null
                ? thrown.getCause()
                : thrown;
        if (cause instanceof NoClassDefFoundError) {
            return "class " + String.valueOf(cause.getMessage()).replace('/', '.') + " is missing";
        }
        return cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
    }

    /** Transforms of Connect come as {@code $Key} and {@code $Value}, and people forget to say which. */
    private static String concrete(Class<?> type, Class<?> kind) {
        String choice = Arrays.stream(type.getClasses())
                .filter(kind::isAssignableFrom)
                .map(Class::getName)
                .sorted()
                .collect(Collectors.joining(" or "));
        return choice.isEmpty() ? "" : ": use " + choice;
    }
}
