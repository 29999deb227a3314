package dev.kafila.bench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * How fast something is, and what it takes.
 *
 * @param cpuSecondsPerMillion user and system time for a million records; 0 where the system does not tell
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Cost(double recordsPerSecond, double cpuSecondsPerMillion) {}
