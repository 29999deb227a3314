package dev.kafila.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.settings.MappingSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.lambda.model.EndPointType;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;

class AllowanceTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String MSK = "arn:aws:kafka:eu-central-1:123456789012:cluster/shop/1";

    private static final Map<String, Map<String, String>> SECRETS = Map.of(
            "Broker", Map.of("username", "u", "password", "p"),
            "client", Map.of("certificate", "c", "key", "k"),
            "half", Map.of("username", "u"));

    private final Allowance allowance = new Allowance(new MappingSettings.Allowed(
            List.of("one:9092", "SASL_PLAINTEXT://open:9092"),
            Map.of(MSK, List.of("b-1.msk:9098", "b-2.msk:9098")),
            List.of("https://registry/", "http://plain", "arn:aws:glue:*:123456789012:registry/shop*"),
            SECRETS,
            List.of("arn:aws:secretsmanager:*:123456789012:secret:shop/*"),
            List.of("arn:aws:lambda:*:123456789012:function:orders*"),
            List.of("arn:aws:sqs:*", "kafka://orders-*")));

    @Test
    void whatTheOperatorNamedMayBeNamed() {
        assertThat(allowance.refusal(of("""
                {"SourceAccessConfigurations":[
                  {"Type":"SASL_SCRAM_512_AUTH","URI":"broker"},
                  {"Type":"SERVER_ROOT_CA_CERTIFICATE","URI":"arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/ca-AbCdEf"},
                  {"Type":"VPC_SUBNET","URI":"subnet:subnet-1"}],
                 "DestinationConfig":{"OnFailure":{"Destination":"kafka://orders-failed"}},
                 "SelfManagedKafkaEventSourceConfig":{"SchemaRegistryConfig":{"SchemaRegistryURI":"https://registry"}}}
                """))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"other:9092", "one:9093"})
    void anotherBrokerIsRefused(String broker) {
        assertThat(refusal(brokers("one:9092", broker)))
                .contains("SelfManagedEventSource", "the broker " + broker + " is none", "kafila.mapping.brokers");
    }

    @Test
    void anotherClusterIsRefused() {
        assertThat(allowance.refusal(of("{\"EventSourceArn\":\"" + MSK + "\"}")))
                .isEmpty();
        assertThat(refusal("{\"EventSourceArn\":\"" + MSK + "0\"}"))
                .contains("EventSourceArn", MSK + "0", "kafila.mapping.clusters.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:lambda:eu-central-1:123456789012:function:customers",
                "arn:aws:lambda:eu-central-1:000000000000:function:orders"
            })
    void anotherFunctionIsRefused(String arn) {
        assertThat(refusal("{\"FunctionArn\":\"" + arn + "\"}"))
                .contains("FunctionName", arn, "kafila.mapping.functions");
    }

    @Test
    void eachVersionOfAFunctionMayBeNamed() {
        String arn = "arn:aws:lambda:eu-central-1:123456789012:function:orders";
        Allowance one = allowing(List.of(), List.of(arn));

        assertThat(one.refusal(of("{\"FunctionArn\":\"" + arn + ":live\"}"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other",
                "arn:aws:secretsmanager:eu-central-1:123456789012:secret:other-AbCdEf",
                "env:HOME",
                "file:/etc/passwd"
            })
    void anotherSecretIsRefused(String uri) {
        assertThat(refusal(secret("SASL_SCRAM_256_AUTH", uri)))
                .contains("SourceAccessConfigurations", uri, "kafila.mapping.secrets.", "kafila.mapping.secret-arns");
    }

    @Test
    void aPatternForSecretsMeansSecretsManagerOnly() {
        Allowance any = allowing(List.of("*"), List.of("*"));

        assertThat(any.refusal(of(secret("SASL_SCRAM_256_AUTH", "env:HOME")))).isPresent();
        assertThat(any.refusal(of(secret(
                        "SASL_SCRAM_256_AUTH", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:any-AbCdEf"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SASL_SCRAM_256_AUTH, half, kafila.mapping.secrets.half.password",
        "CLIENT_CERTIFICATE_TLS_AUTH, Broker, kafila.mapping.secrets.Broker.certificate",
        "SERVER_ROOT_CA_CERTIFICATE, Broker, kafila.mapping.secrets.Broker.certificate"
    })
    void aSecretHasToHaveWhatItIsNamedFor(String type, String uri, String setting) {
        assertThat(refusal(secret(type, uri))).endsWith(setting);
    }

    @Test
    void aPasswordIsNotSentWithoutTls() {
        assertThat(refusal("""
                {"SelfManagedEventSource":{"Endpoints":{"KAFKA_BOOTSTRAP_SERVERS":["one:9092","OPEN:9092"]}},
                 "SourceAccessConfigurations":[{"Type":"BASIC_AUTH","URI":"broker"}]}
                """)).contains("BASIC_AUTH", "TLS", "SASL_PLAINTEXT://open:9092");
        assertThat(allowance.refusal(of(secret("BASIC_AUTH", "broker")))).isEmpty();
        assertThat(allowance.refusal(of("""
                {"SelfManagedEventSource":{"Endpoints":{"KAFKA_BOOTSTRAP_SERVERS":["open:9092"]}},
                 "SourceAccessConfigurations":[{"Type":"SASL_SCRAM_512_AUTH","URI":"broker"}]}
                """))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://other",
                "https://registry.example",
                "https://registry/more",
                "arn:aws:glue:eu-central-1:123456789012:registry/other"
            })
    void anotherRegistryIsRefused(String uri) {
        assertThat(refusal(registry(uri, ""))).contains("SchemaRegistryURI", uri, "kafila.mapping.registries");
    }

    @Test
    void aRegistryGetsSecretsOverTlsOnly() {
        assertThat(allowance.refusal(of(registry("http://plain", "")))).isEmpty();
        assertThat(refusal(registry("http://plain", "{\"Type\":\"BASIC_AUTH\",\"URI\":\"Broker\"}")))
                .contains("BASIC_AUTH", "TLS");
        assertThat(allowance.refusal(of(registry("https://registry", "{\"Type\":\"BASIC_AUTH\",\"URI\":\"Broker\"}"))))
                .isEmpty();
        assertThat(refusal(registry("https://registry", "{\"Type\":\"BASIC_AUTH\",\"URI\":\"other\"}")))
                .contains("AccessConfigs", "other");
    }

    @Test
    void anotherDestinationIsRefused() {
        assertThat(refusal("{\"DestinationConfig\":{\"OnFailure\":{\"Destination\":\"kafka://customers\"}}}"))
                .contains("DestinationConfig.OnFailure.Destination", "kafila.mapping.destinations");
    }

    @Test
    void brokersComeAsTheOperatorWroteThem() {
        assertThat(allowance.brokers(of(brokers("open:9092", "one:9092"))))
                .containsExactly("SASL_PLAINTEXT://open:9092", "one:9092");
        assertThat(allowance.brokers(of("{\"EventSourceArn\":\"" + MSK + "\"}")))
                .containsExactly("b-1.msk:9098", "b-2.msk:9098");
    }

    @ParameterizedTest
    @CsvSource({
        "broker, true",
        "arn:aws:secretsmanager:us-east-1:01234567890:secret:Broker, true",
        "arn:aws:secretsmanager:us-east-1:01234567890:secret:Broker-AbCdEf, true",
        "arn:aws:secretsmanager:us-east-1:01234567890:secret:Broker-AbCdEfg, false",
        "other, false"
    })
    void anOwnSecretIsMeantByItsNameOrAnArnWithIt(String uri, boolean own) {
        assertThat(allowance.ownSecret(uri).isPresent()).isEqualTo(own);
    }

    private String refusal(String members) {
        return allowance.refusal(of(members)).orElseThrow();
    }

    private static Allowance allowing(List<String> secretArns, List<String> functions) {
        return new Allowance(new MappingSettings.Allowed(
                List.of("one:9092"), Map.of(), List.of(), Map.of(), secretArns, functions, List.of()));
    }

    private static String brokers(String first, String second) {
        return "{\"SelfManagedEventSource\":{\"Endpoints\":{\"KAFKA_BOOTSTRAP_SERVERS\":[\"" + first + "\",\"" + second
                + "\"]}}}";
    }

    private static String secret(String type, String uri) {
        return "{\"SourceAccessConfigurations\":[{\"Type\":\"" + type + "\",\"URI\":\"" + uri + "\"}]}";
    }

    private static String registry(String uri, String access) {
        return "{\"SelfManagedKafkaEventSourceConfig\":{\"SchemaRegistryConfig\":{\"SchemaRegistryURI\":\"" + uri
                + "\",\"AccessConfigs\":[" + access + "]}}}";
    }

    /** A mapping of a broker that may be named to a function that may be named, but for these members. */
    private static EventSourceMappingConfiguration of(String members) {
        try {
            return SdkJson.read(
                            JSON.readTree(members),
                            EventSourceMappingConfiguration.builder()
                                    .functionArn("arn:aws:lambda:eu-central-1:123456789012:function:orders-eu")
                                    .selfManagedEventSource(source -> source.endpoints(
                                            Map.of(EndPointType.KAFKA_BOOTSTRAP_SERVERS, List.of("one:9092")))))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
