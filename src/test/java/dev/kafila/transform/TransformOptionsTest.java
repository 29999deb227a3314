package dev.kafila.transform;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong option is refused with the name under which it was set. */
class TransformOptionsTest {
    private static final String CONNECT = "org.apache.kafka.connect.transforms.";

    private final CamelContext context = new DefaultCamelContext();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transforms=a|orders.transforms.a.type: the class is missing",
                "transforms=a,a|orders.transforms: 'a' is there twice",
                "transforms=a;transforms.a.type=com.example.No|orders.transforms.a.type: class com.example.No is neither",
                "transforms=a;transforms.a.type=java.lang.String|orders.transforms.a.type: java.lang.String is not a",
                "transforms=a;transforms.a.type=@MaskField|is abstract: use org.apache.kafka.connect.transforms.MaskField$Key or",
                "transforms=a;transforms.a.type=@MaskField$Value|orders.transforms.a.fields",
                "transforms=a;transforms.a.type=@MaskField$Value;transforms.a.fields=x;transforms.a.feild=y|orders.transforms.a.feild: Value knows",
                "transforms=a;transforms.a.type=@Cast$Value;transforms.a.spec=x:int7|orders.transforms.a.",
                "transforms=a;transforms.a.type=@RegexRouter;transforms.a.regex=(;transforms.a.replacement=x|orders.transforms.a.regex",
                "transforms=a;transforms.a.type=@Filter;transforms.a.predicate=p|orders.transforms.a.predicate: 'p' is not one of predicates=",
                "transforms=a;transforms.a.type=@Filter;transforms.a.negate=maybe|orders.transforms.a.negate: 'maybe' is neither true nor false",
                "transforms=a;transforms.a.type=@Filter;transforms.a.negate=true|orders.transforms.a.negate: there is no predicate to negate",
                "transforms=a;transforms.a.type=@Filter;transforms.a.predicate=p;predicates=p|orders.predicates.p.type: the class is missing",
                "transforms=a;transforms.a.type=@Filter;transforms.a.predicate=p;predicates=p;predicates.p.type=@predicates.TopicNameMatches;predicates.p.pattern=(|orders.predicates.p.pattern"
            })
    void aWrongOptionIsRefusedWithItsName(String options, String message) {
        assertThatThrownBy(() -> Transforms.start(TransformsTest.properties(options(options), context), context))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static Map<String, String> options(String text) {
        Map<String, String> options = new HashMap<>();
        for (String option : text.split(";", -1)) {
            int equals = option.indexOf('=');
            options.put(
                    option.substring(0, equals), option.substring(equals + 1).replace("@", CONNECT));
        }
        return options;
    }
}
