/**
 * A real Kafka broker and a local AWS endpoint in the process: what {@code mvn -Psandbox} runs on and what the tests use. Binds loopback
 * only, is not in the production jar, and nothing of production may depend on it.
 */
package dev.kafila.sandbox;
