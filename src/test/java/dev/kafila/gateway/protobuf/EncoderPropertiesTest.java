package dev.kafila.gateway.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.UninitializedMessageException;
import com.google.protobuf.util.JsonFormat;
import dev.kafila.gateway.request.StrictJson;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Bodies beside schemas of any kind, held against Protobuf's own mapping of JSON. */
class EncoderPropertiesTest {
    private static final Pattern PROBLEM = Pattern.compile(
            ": (?<path>(?:\\.?\\w+|\\[\\d+]|\\[\"(?:[^\"\\\\]|\\\\.)*\"])+) (?<problem>(?:must|is|has) .*)$",
            Pattern.DOTALL);
    private static final Pattern STEP = Pattern.compile("\\.?(\\w+)|\\[(\\d+)]|\\[\"((?:[^\"\\\\]|\\\\.)*)\"]");

    record Case(Descriptor schema, String body) {
        @Override
        public String toString() {
            return body + " with " + schema.getFile().toProto();
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        return cases(AnyBody::of);
    }

    @Provide
    Arbitrary<Case> fittingCases() {
        return cases(AnyBody::fitting);
    }

    private static Arbitrary<Case> cases(BiFunction<Descriptor, Random, String> bodies) {
        return Arbitraries.randomValue(random -> {
            Descriptor schema = AnySchema.of(random);
            return new Case(schema, bodies.apply(schema, random));
        });
    }

    @Property(tries = 3000)
    void whatJsonFormatAcceptsIsEncodedToTheSameBytes(@ForAll("cases") Case any) throws Exception {
        Optional<ByteString> expected = byLibrary(any.schema(), any.body());

        try {
            ByteString encoded = JsonEncoder.encode(any.schema(), body(any.body()));

            Statistics.collect("fits");
            assertThat(expected).contains(encoded);
        } catch (EncodingException e) {
            Statistics.collect("does not fit");
            assertThat(expected)
                    .satisfiesAnyOf(nothing -> assertThat(nothing).isEmpty(), accepted -> assertThat(isStricter(any, e))
                            .isTrue());
        }
    }

    @Property(tries = 1000)
    void whatIsEncodedReadsBackAsTheSame(@ForAll("fittingCases") Case any) throws Exception {
        ByteString encoded = JsonEncoder.encode(any.schema(), body(any.body()));
        DynamicMessage read = DynamicMessage.parseFrom(any.schema(), encoded);

        String printed =
                JsonFormat.printer().usingTypeRegistry(types(any.schema())).print(read);
        assertThat(JsonEncoder.encode(any.schema(), body(printed))).isEqualTo(encoded);
    }

    @Property(tries = 1000)
    void aBodyFitsOnceWhatIsNamedHasBeenTakenAway(@ForAll("cases") Case any) throws Exception {
        ObjectNode body = body(any.body());

        for (int values = any.body().length(); values >= 0; values--) {
            try {
                assertThat(byLibrary(any.schema(), body.toString())).contains(JsonEncoder.encode(any.schema(), body));
                return;
            } catch (EncodingException e) {
                if (!remove(body, problem(e))) {
                    return;
                }
            }
        }
        throw new AssertionError("It does not end");
    }

    /** Whether the value that is named is one that JsonFormat takes for something else. */
    private static boolean isStricter(Case any, EncodingException e) throws Exception {
        Matcher problem = problem(e);
        JsonNode value = body(any.body()).at(pointer(problem.group("path")));
        String text = problem.group("problem");
        return text.contains("given twice")
                || text.startsWith("is not known beside")
                || text.startsWith("must be a time")
                || text.startsWith("must be a duration")
                || text.startsWith("must be a number")
                || (value.isArray() && value.size() == 1);
    }

    private static Matcher problem(EncodingException e) {
        Matcher problem = PROBLEM.matcher(e.answer().substring(e.answer().lastIndexOf(" using schema ")));
        assertThat(problem.find()).as(e.answer()).isTrue();
        return problem;
    }

    private static JsonPointer pointer(String path) {
        JsonPointer pointer = JsonPointer.empty();
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            pointer = step.group(2) != null
                    ? pointer.appendIndex(Integer.parseInt(step.group(2)))
                    : pointer.appendProperty(step.group(1) != null ? step.group(1) : unescaped(step.group(3)));
        }
        return pointer;
    }

    private static String unescaped(String text) {
        try {
            return StrictJson.read("\"" + text + "\"").textValue();
        } catch (Exception e) {
            throw new IllegalStateException(text, e);
        }
    }

    /** Takes away what is named, or what lacks it; false: that is the body. */
    private static boolean remove(ObjectNode body, Matcher problem) {
        JsonPointer pointer = pointer(problem.group("path"));
        if (body.at(pointer).isMissingNode()) {
            pointer = pointer.head();
        }
        if (pointer.matches()) {
            return false;
        }
        if (body.at(pointer.head()) instanceof ArrayNode array) {
            array.remove(pointer.last().getMatchingIndex());
        } else {
            ((ObjectNode) body.at(pointer.head())).remove(pointer.last().getMatchingProperty());
        }
        return true;
    }

    private static ObjectNode body(String json) throws Exception {
        return (ObjectNode) StrictJson.read(json);
    }

    private static Optional<ByteString> byLibrary(Descriptor schema, String json) {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(schema);
        try {
            JsonFormat.parser().usingTypeRegistry(types(schema)).merge(json, builder);
            return Optional.of(builder.build().toByteString());
        } catch (InvalidProtocolBufferException | UninitializedMessageException e) {
            return Optional.empty();
        }
    }

    private static TypeRegistry types(Descriptor schema) {
        return TypeRegistry.newBuilder().add(schema).build();
    }
}
