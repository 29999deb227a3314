package dev.kafila.report;

/**
 * A topic that reports are written to.
 *
 * @param partitions  if it has to be created; null: the broker's default
 * @param replication if it has to be created; null: the broker's default
 */
public record ReportTopic(String name, Integer partitions, Integer replication) {}
