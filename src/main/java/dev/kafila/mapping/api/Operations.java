package dev.kafila.mapping.api;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kafila.mapping.MappingExistsException;
import dev.kafila.mapping.StaleMappingException;
import dev.kafila.mapping.StoreUnavailableException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what a request asks for, has it done, and says what became of it in AWS's words. Thread-safe. */
final class Operations {
    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;

    /** Some clients end the path with a slash, some do not. */
    private static final Pattern MAPPINGS = Pattern.compile("/2015-03-31/event-source-mappings(?:/([^/]+))?/?");

    private static final Pattern TAGS = Pattern.compile("/2017-03-31/tags/([^/]+)/?");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final MappingService service;

    Operations(MappingService service) {
        this.service = service;
    }

    ApiAnswer answer(ApiRequest request) {
        try {
            return dispatch(request);
        } catch (ApiException e) {
            return ApiAnswer.of(e.error(), e.getMessage());
        } catch (StaleMappingException | MappingExistsException e) {
            return ApiAnswer.of(ApiError.CONFLICT, e.getMessage());
        } catch (StoreUnavailableException e) {
            LOG.warn("{} {} cannot be served: {}", request.method(), request.path(), e.getMessage(), e);
            return ApiAnswer.of(ApiError.SERVICE, e.getMessage());
        }
    }

    private ApiAnswer dispatch(ApiRequest request) {
        Matcher mappings = MAPPINGS.matcher(request.path());
        if (mappings.matches()) {
            return mappings.group(1) == null ? ofAll(request) : ofOne(request, decode(mappings.group(1)));
        }
        Matcher tags = TAGS.matcher(request.path());
        if (tags.matches()) {
            return ofTags(request, decode(tags.group(1)));
        }
        throw new ApiException(
                ApiError.UNKNOWN_OPERATION,
                "There are only event source mappings and their tags here, not " + request.path());
    }

    private ApiAnswer ofAll(ApiRequest request) {
        return switch (request.method()) {
            case "GET" -> ApiAnswer.of(OK, service.list(ListQuery.of(request)));
            case "POST" -> ApiAnswer.of(ACCEPTED, service.create(json(request)));
            default -> throw wrongMethod(request);
        };
    }

    private ApiAnswer ofOne(ApiRequest request, String uuid) {
        return switch (request.method()) {
            case "GET" -> ApiAnswer.of(OK, service.get(uuid));
            case "PUT" -> ApiAnswer.of(ACCEPTED, service.update(uuid, json(request)));
            case "DELETE" -> ApiAnswer.of(ACCEPTED, service.delete(uuid));
            default -> throw wrongMethod(request);
        };
    }

    private ApiAnswer ofTags(ApiRequest request, String arn) {
        switch (request.method()) {
            case "GET" -> {
                return ApiAnswer.of(OK, service.tags(arn));
            }
            case "POST" -> service.tag(arn, json(request));
            case "DELETE" -> service.untag(arn, request.query().getOrDefault("tagKeys", List.of()));
            default -> throw wrongMethod(request);
        }
        return ApiAnswer.of(NO_CONTENT, null);
    }

    private static ApiException wrongMethod(ApiRequest request) {
        return new ApiException(ApiError.WRONG_METHOD, request.method() + " is no operation of " + request.path());
    }

    private static JsonNode json(ApiRequest request) {
        try {
            JsonNode json = JSON.readTree(request.body().asByteArrayUnsafe());
            return json.isMissingNode() ? JsonNodeFactory.instance.objectNode() : json;
        } catch (IOException e) {
            // Without what the parser says, which quotes the request.
            throw new ApiException(ApiError.MALFORMED, "The body of the request is no JSON", e);
        }
    }

    private static String decode(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ApiException(ApiError.MALFORMED, "The path of the request cannot be decoded", e);
        }
    }
}
