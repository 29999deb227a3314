package dev.kafila.gateway.publish;

import com.google.protobuf.ByteString;
import dev.kafila.gateway.protobuf.EncodingException;
import dev.kafila.gateway.protobuf.JsonEncoder;
import dev.kafila.gateway.request.PublishRequest;
import dev.kafila.gateway.request.RequestException;
import dev.kafila.gateway.schema.TopicSchema;
import dev.kafila.gateway.schema.TopicSchemas;

/** Writes bodies with the schemas of their topics. A field that is not known may be in a newer version: that is looked for once. */
final class SchemaValues implements RecordValues {
    private final TopicSchemas schemas;

    SchemaValues(TopicSchemas schemas) {
        this.schemas = schemas;
    }

    @Override
    public ByteString of(PublishRequest request) throws RequestException {
        TopicSchema known = schemas.find(request.topic());
        try {
            return value(known, request);
        } catch (EncodingException e) {
            TopicSchema newer = e.unknownField() ? schemas.newerThan(known) : known;
            if (newer.equals(known)) {
                throw refusal(e);
            }
            return newerValue(newer, request);
        }
    }

    private static ByteString newerValue(TopicSchema newer, PublishRequest request) throws RequestException {
        try {
            return value(newer, request);
        } catch (EncodingException e) {
            throw refusal(e);
        }
    }

    private static ByteString value(TopicSchema schema, PublishRequest request) throws EncodingException {
        return schema.frame().concat(JsonEncoder.encode(schema.message(), request.body()));
    }

    private static RequestException refusal(EncodingException misfit) {
        return new RequestException(400, misfit.answer());
    }
}
