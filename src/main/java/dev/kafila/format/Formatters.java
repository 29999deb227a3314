package dev.kafila.format;

import org.apache.camel.CamelContext;

/** Makes formatters from what a setting names: a form of ours, a bean, or a class on the class path. */
public final class Formatters {
    private Formatters() {}

    /**
     * Makes a formatter, or finds the one that a bean is.
     *
     * @param name {@code esm}, {@code plain}, {@code json}, {@code confluent}, {@code raw}, or a bean ({@code #name}) or class that is a
     *             {@link RecordFormatter}
     */
    public static RecordFormatter create(String name, FormatOptions options, CamelContext context) {
        return switch (name) {
            case "esm" -> new EsmFormatter(options);
            case "plain" -> new PlainFormatter(options);
            case "json" -> new JsonFormatter(options);
            case "raw" -> new RawFormatter(options);
            case "confluent" -> new ConfluentFormatter(options);
            default -> ofBeanOrClass(name, context);
        };
    }

    private static RecordFormatter ofBeanOrClass(String name, CamelContext context) {
        Object bean = context.getRegistry().lookupByName(name.startsWith("#") ? name.substring(1) : name);
        if (bean instanceof RecordFormatter formatter) {
            return formatter;
        }
        Class<?> type = bean == null ? context.getClassResolver().resolveClass(name) : null;
        if (type == null || !RecordFormatter.class.isAssignableFrom(type)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not a format: use esm, plain, json, confluent, raw, a bean as #name, or a class"
                            + " that implements " + RecordFormatter.class.getName());
        }
        return (RecordFormatter) context.getInjector().newInstance(type, true);
    }
}
