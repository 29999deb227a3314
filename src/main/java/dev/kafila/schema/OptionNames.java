package dev.kafila.schema;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The options that Confluent's and AWS's converters have. One that none of them has is a typing error more often than not. */
final class OptionNames {
    private static final String TLS = "schema.registry.ssl.";

    private static final Set<String> READ = Set.of(
            ConfluentOptions.URL,
            "basic.auth.credentials.source",
            "basic.auth.user.info",
            "schema.registry.basic.auth.user.info",
            "bearer.auth.credentials.source",
            "bearer.auth.token",
            "http.connect.timeout.ms",
            "http.read.timeout.ms",
            "proxy.host",
            "proxy.port",
            "region",
            "endpoint",
            "proxyUrl",
            "assumeRoleArn",
            "assumeRoleSessionName",
            "connect.meta.data",
            "enhanced.protobuf.schema.support",
            "int.for.enums",
            "wrapper.for.nullables",
            "wrapper.for.raw.primitives",
            "optional.for.proto2",
            "optional.for.nullables",
            PayloadReaders.CHECKED,
            "generalized.sum.type.support");

    /** They are about writing, about caches, or about what is always so here. */
    private static final Set<String> PASSED_OVER = Set.of(
            "auto.register.schemas",
            "use.latest.version",
            "latest.compatibility.strict",
            "latest.cache.size",
            "latest.cache.ttl.sec",
            "id.compatibility.strict",
            "use.schema.id",
            "normalize.schemas",
            "max.schemas.per.subject",
            "key.subject.name.strategy",
            "value.subject.name.strategy",
            "reference.subject.name.strategy",
            "enhanced.avro.schema.support",
            "scrub.invalid.names",
            "schemas.cache.config",
            "schemas.cache.size",
            "schemas.enable",
            "ignore.default.for.nullables",
            "use.optional.for.nonrequired",
            "object.additional.properties",
            "decimal.format",
            "converter.type",
            "dataFormat",
            "avroRecordType",
            "protobufMessageType",
            "schemaName",
            "registry.name",
            "compression",
            "schemaAutoRegistrationEnabled",
            "schemaNameGenerationClass",
            "cacheSize",
            "timeToLiveMillis",
            "userAgentApp",
            "description",
            "compatibility",
            "tags");

    private OptionNames() {}

    /** Those of the names that no such converter has. */
    static List<String> unknown(Collection<String> names) {
        return names.stream()
                .filter(name -> !READ.contains(name) && !PASSED_OVER.contains(name) && !name.startsWith(TLS))
                .sorted()
                .toList();
    }
}
