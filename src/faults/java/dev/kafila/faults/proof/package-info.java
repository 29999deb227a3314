/**
 * The proof: a long run of all flows under faults, and a checker of its own that compares what arrived with what was promised. Nothing
 * here uses the product's code.
 */
package dev.kafila.faults.proof;
