package dev.kafila.schema;

import java.net.URI;

/**
 * One address of a registry.
 *
 * @param url           without user and password, and without a slash at the end
 * @param authorization value of the header of that name; null: none
 */
record RegistryAddress(URI url, String authorization) {

    /** Names no secret. */
    @Override
    public String toString() {
        return url.toString();
    }
}
