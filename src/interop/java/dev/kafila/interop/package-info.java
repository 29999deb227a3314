/**
 * The same wires, spoken by programs that others wrote: {@code mvn -Pinterop}. A program that is not installed fails its tests, since a check
 * that is skipped proves nothing.
 */
package dev.kafila.interop;
