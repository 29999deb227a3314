package dev.kafila.gateway.publish;

import com.google.protobuf.ByteString;
import dev.kafila.gateway.request.PublishRequest;
import dev.kafila.gateway.request.RequestException;

/** Makes the values of records. */
interface RecordValues {
    /**
     * The value for a request: its body, written with the schema of its topic. May wait for a registry.
     *
     * @throws RequestException if the body does not fit the schema, or there is none
     */
    ByteString of(PublishRequest request) throws RequestException;
}
