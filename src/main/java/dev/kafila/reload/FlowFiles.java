package dev.kafila.reload;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The route files and kamelets that are to run, by file name. Immutable. */
record FlowFiles(SortedMap<String, FlowFile> routes, SortedMap<String, FlowFile> kamelets) {
    static final FlowFiles NONE = new FlowFiles(new TreeMap<>(), new TreeMap<>());

    FlowFiles {
        routes = Collections.unmodifiableSortedMap(new TreeMap<>(routes));
        kamelets = Collections.unmodifiableSortedMap(new TreeMap<>(kamelets));
    }

    /** These files, with those of the same name replaced by the other's, and the other's added. */
    FlowFiles replacedBy(FlowFiles other) {
        return new FlowFiles(merged(routes, other.routes), merged(kamelets, other.kamelets));
    }

    /** These files without the route files of these names. */
    FlowFiles withoutRoutes(Set<String> names) {
        SortedMap<String, FlowFile> left = new TreeMap<>(routes);
        left.keySet().removeAll(names);
        return new FlowFiles(left, kamelets);
    }

    private static SortedMap<String, FlowFile> merged(Map<String, FlowFile> base, Map<String, FlowFile> over) {
        SortedMap<String, FlowFile> merged = new TreeMap<>(base);
        merged.putAll(over);
        return merged;
    }
}
