package dev.kafila.gateway.request;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.regex.Pattern;

/** Where a value is in JSON, as {@code order.lines[2].price} or {@code attributes["a b"]}. */
public final class JsonPath {
    public static final JsonPath ROOT = new JsonPath(null, null, 0, false);

    private static final Pattern NAME = Pattern.compile("\\w+");

    private final JsonPath parent;
    private final String name;
    private final int index;
    private final boolean quoted;

    private JsonPath(JsonPath parent, String name, int index, boolean quoted) {
        this.parent = parent;
        this.name = name;
        this.index = index;
        this.quoted = quoted;
    }

    /** A member of the object here. */
    public JsonPath member(String name) {
        return new JsonPath(this, name, 0, false);
    }

    /** An entry of the map here: quoted whatever it is called, since it is data. */
    public JsonPath key(String key) {
        return new JsonPath(this, key, 0, true);
    }

    /** An element of the array here, counted from 0. */
    public JsonPath index(int index) {
        return new JsonPath(this, null, index, false);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text);
        return text.toString();
    }

    private void append(StringBuilder text) {
        if (parent == null) {
            return;
        }
        parent.append(text);
        if (name == null) {
            text.append('[').append(index).append(']');
        } else if (quoted || !NAME.matcher(name).matches()) {
            text.append("[\"")
                    .append(JsonStringEncoder.getInstance().quoteAsString(name))
                    .append("\"]");
        } else {
            text.append(text.length() == 0 ? "" : ".").append(name);
        }
    }
}
