package dev.kafila.format;

import dev.kafila.record.ConnectClasses;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;

/** Makes formatters from what a setting names: a form of ours, a bean, or a class on the class path. */
public final class Formatters {
    private Formatters() {}

    /**
     * Makes a formatter, or finds the one that a bean is. A class has a public constructor without parameters, and is given the context
     * if it is {@link CamelContextAware}.
     *
     * @param name {@code esm}, {@code plain}, {@code json}, {@code confluent}, {@code raw}, or a bean ({@code #name}) or class that is a
     *             {@link RecordFormatter}
     * @throws IllegalArgumentException if it is none of these, with the name of the parameter
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
        String beanName = name.startsWith("#") ? name.substring(1) : name;
        Object bean = context.getRegistry().lookupByName(beanName);
        if (bean instanceof RecordFormatter formatter) {
            return formatter;
        }
        if (bean != null) {
            throw new IllegalArgumentException("format: the bean '" + beanName + "' is a "
                    + bean.getClass().getName() + ", which does not implement " + RecordFormatter.class.getName());
        }
        // Every class that anybody names here is in a package.
        if (name.startsWith("#") || name.indexOf('.') < 0) {
            throw new IllegalArgumentException(
                    "format: '" + name + "' is neither esm, plain, json, confluent, raw nor a"
                            + " bean or class that implements " + RecordFormatter.class.getName());
        }
        return ofClass(name, context);
    }

    private static RecordFormatter ofClass(String name, CamelContext context) {
        try {
            RecordFormatter formatter = ConnectClasses.create(name, RecordFormatter.class, context);
            CamelContextAware.trySetCamelContext(formatter, context);
            return formatter;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("format: " + e.getMessage(), e);
        }
    }
}
