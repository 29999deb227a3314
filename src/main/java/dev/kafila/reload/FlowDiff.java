package dev.kafila.reload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What an edit touches, by file name: route files that changed, came or went, and those that use a kamelet or a route configuration that did.
 * Use is seen in the text, so a file that only mentions a kamelet is replaced too; none is missed.
 */
record FlowDiff(SortedSet<String> routes, SortedSet<String> kamelets) {
    private static final Pattern ROUTE_CONFIGURATION =
            Pattern.compile("^\\s*-\\s*(routeConfiguration|route-configuration):", Pattern.MULTILINE);

    static FlowDiff between(FlowFiles before, FlowFiles after) {
        SortedSet<String> kamelets = changed(before.kamelets(), after.kamelets());
        while (kamelets.addAll(using(kamelets, before.kamelets(), after.kamelets()))) {
            // A kamelet may be made of kamelets: until no other is found.
        }
        SortedSet<String> routes = changed(before.routes(), after.routes());
        routes.addAll(using(kamelets, before.routes(), after.routes()));
        if (routes.stream().anyMatch(name -> configures(before, name) || configures(after, name))) {
            // A route configuration is built into every route that names it.
            routes.addAll(before.routes().keySet());
            routes.addAll(after.routes().keySet());
        }
        return new FlowDiff(routes, kamelets);
    }

    boolean isEmpty() {
        return routes.isEmpty() && kamelets.isEmpty();
    }

    private static boolean configures(FlowFiles files, String name) {
        FlowFile file = files.routes().get(name);
        return file != null && ROUTE_CONFIGURATION.matcher(file.text()).find();
    }

    private static SortedSet<String> changed(Map<String, FlowFile> before, Map<String, FlowFile> after) {
        SortedSet<String> changed = new TreeSet<>();
        changed.addAll(before.keySet());
        changed.addAll(after.keySet());
        changed.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        return changed;
    }

    private static List<String> using(
            Collection<String> kamelets, Map<String, FlowFile> before, Map<String, FlowFile> after) {
        List<String> users = new ArrayList<>();
        for (String kamelet : kamelets) {
            String name = FlowReader.kameletName(kamelet);
            for (Map<String, FlowFile> files : List.of(before, after)) {
                files.forEach((file, content) -> {
                    if (content.text().contains(name)) {
                        users.add(file);
                    }
                });
            }
        }
        return users;
    }
}
