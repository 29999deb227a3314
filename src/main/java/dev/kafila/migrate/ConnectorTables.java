package dev.kafila.migrate;

import java.util.List;

/** The connectors that there is an import from. */
final class ConnectorTables {
    static final List<ConnectorTable> ALL = List.of(NordstromTable.TABLE, ConfluentTable.TABLE, EventBridgeTable.TABLE);

    private ConnectorTables() {}

    /** The table for a connector; a piece without its class is known by its own properties. */
    static ConnectorTable of(Connector connector) {
        String type = connector.config().getOrDefault(Connector.CLASS, "");
        if (type.isEmpty()) {
            return ALL.stream()
                    .filter(table -> table.names(connector.config().keySet()))
                    .findFirst()
                    .orElseThrow(() -> new ImportException("connector.class is missing; it is one of " + known()));
        }
        return ALL.stream()
                .filter(table -> table.classes().contains(type))
                .findFirst()
                .orElseThrow(() -> new ImportException(
                        "connector.class: there is no import from this class, only from " + known()));
    }

    private static String known() {
        return String.join(
                " and ", ALL.stream().map(table -> table.classes().get(0)).toList());
    }
}
