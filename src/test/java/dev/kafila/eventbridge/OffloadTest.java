package dev.kafila.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kafila.format.PayloadBuffer;
import dev.kafila.format.RecordTooLargeException;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.TestRecords;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OffloadTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LIMIT = 1000;
    private static final String LARGE = "x".repeat(LIMIT);

    @Test
    void theWholeValueIsTakenOutAndTheDetailSaysWhereItIs() throws Exception {
        Entry entry = entry(TestEntries.valued(Map.of("id", 7)), "offloadWhen", "always");

        String key = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest("{\"id\":7}".getBytes(StandardCharsets.UTF_8)));
        assertThat(entry.upload().key()).isEqualTo(key);
        assertThat(entry.upload().content().asUtf8String()).isEqualTo("{\"id\":7}");
        assertThat(entry.wire().detail())
                .isEqualTo(before("value") + ",\"dataref\":\"arn:aws:s3:::claims/" + key
                        + "\",\"datarefJsonPath\":\"$.detail.value\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$.detail.value.payload       | {\"a\":1.50,\"b\":[1,2]} | {\"id\":7,\"list\":[{\"c\":1},2]}",
                "$.detail.value['payload'].a  | 1.50                     | {\"id\":7,\"payload\":{\"b\":[1,2]},\"list\":[{\"c\":1},2]}",
                "$['detail']['value'].list[0] | {\"c\":1}                | {\"id\":7,\"payload\":{\"a\":1.50,\"b\":[1,2]},\"list\":[2]}",
                "$.detail.value[\"id\"]       | 7                        | {\"payload\":{\"a\":1.50,\"b\":[1,2]},\"list\":[{\"c\":1},2]}",
            })
    void onlyThePartAtThePathIsTakenOutAsItStands(String path, String content, String rest) throws Exception {
        String detail =
                "{\"topic\":\"orders\",\"value\":{\"id\":7,\"payload\":{\"a\":1.50,\"b\":[1,2]},\"list\":[{\"c\":1},2]}}";

        Offload.Claim claim = offload("offloadPath", path).claim(detail);

        assertThat(claim.upload().content().asUtf8String()).isEqualTo(content);
        assertThat(claim.detail()).startsWith("{\"topic\":\"orders\",\"value\":" + rest + ",\"dataref\":");
        assertThat(MAPPER.readTree(claim.detail()).path("datarefJsonPath").asText())
                .isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"text\"", "-1.50", "true", "[]", "{}", "\"é\\\"𝄞\\n\""})
    void everyKindOfJsonIsTakenOutByteForByte(String value) {
        Offload.Claim claim = offload().claim("{\"topic\":\"t\",\"value\":" + value + "}");

        assertThat(claim.upload().content().asByteArray()).isEqualTo(value.getBytes(StandardCharsets.UTF_8));
        assertThat(claim.detail()).startsWith("{\"topic\":\"t\",\"dataref\":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{\"payload\":null}", "{\"other\":1}", "\"text\"", "[1]"})
    void aDetailThatHasNoSuchPartGoesAsItIs(String value) {
        String path = value.equals("null") ? "$.detail.value" : "$.detail.value.payload";

        assertThat(offload("offloadPath", path).claim("{\"topic\":\"t\",\"value\":" + value + "}"))
                .isNull();
    }

    @Test
    void aTombstoneIsNotOffloadedEvenAlways() {
        Entry entry = entry(TestEntries.valued(null), "offloadWhen", "always");

        assertThat(entry.upload()).isNull();
        assertThat(entry.wire().detail()).isEqualTo(before("value") + ",\"value\":null}");
    }

    @Test
    void onlyAnEntryThatFitsIntoNoRequestIsOffloadedUnlessAlways() {
        int besides = entry(TestEntries.valued("")).size();

        Entry fits = entry(TestEntries.valued("x".repeat(LIMIT - 1 - besides)));
        Entry tooLarge = entry(TestEntries.valued("x".repeat(LIMIT - besides)));

        assertThat(fits.upload()).isNull();
        assertThat(fits.size()).isEqualTo(LIMIT - 1);
        assertThat(tooLarge.upload().content().asUtf8String()).isEqualTo('"' + "x".repeat(LIMIT - besides) + '"');
        assertThat(tooLarge.size()).isLessThan(LIMIT);
    }

    @Test
    void theSizeOfAnEntryIsThatOfWhatIsSent() {
        Entry whole = entry(TestEntries.valued("é"));
        Entry offloaded = entry(TestEntries.valued("é"), "offloadWhen", "always");

        assertThat(offloaded.size() - whole.size())
                .isEqualTo(Utf8Size.of(offloaded.wire().detail())
                        - Utf8Size.of(whole.wire().detail()));
    }

    @Test
    void whatIsTooLargeEvenWithoutThePartIsRejected() {
        KafkaRecord record = TestEntries.valued(Map.of("payload", "small", "rest", LARGE));

        assertThatThrownBy(() -> entry(record, "offloadPath", "$.detail.value.payload"))
                .isInstanceOf(RecordTooLargeException.class)
                .hasMessageNotContaining(LARGE);
    }

    @Test
    void whatIsTooLargeAndHasNoSuchPartIsRejected() {
        assertThatThrownBy(() -> entry(TestEntries.valued(LARGE), "offloadPath", "$.detail.value.payload"))
                .isInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void theDetailTypeIsReadOutOfTheWholeDetail() {
        Entry entry = entry(
                TestEntries.valued(Map.of("type", "placed")),
                "offloadWhen",
                "always",
                "detailType",
                "$.detail.value.type");

        assertThat(entry.wire().detailType()).isEqualTo("placed");
        assertThat(entry.wire().detail()).doesNotContain("placed");
    }

    @Test
    void equalContentsHaveOneKeyAndOthersAnother() {
        Entry first = entry(TestEntries.valued("v"), "offloadWhen", "always");
        Entry same = entry(
                new KafkaRecord(TestRecords.record(8, "other", "v"), text("other"), text("v")),
                "offloadWhen",
                "always");
        Entry other = entry(TestEntries.valued("w"), "offloadWhen", "always");

        assertThat(List.of(same.upload().key(), other.upload().key()))
                .first()
                .isEqualTo(first.upload().key());
        assertThat(other.upload().key()).isNotEqualTo(first.upload().key());
    }

    @Property(tries = 300)
    void whatIsPutBackAtThePathIsTheDetailThatWas(@ForAll @StringLength(max = 50) String value) throws Exception {
        PayloadBuffer buffer = new PayloadBuffer(64);
        Detail.write(TestEntries.valued(value), buffer);

        Offload.Claim claim = offload().claim(buffer.text());

        var detail = (ObjectNode) MAPPER.readTree(claim.detail());
        JsonNode content = MAPPER.readTree(claim.upload().content().asByteArray());
        detail.remove(List.of("dataref", "datarefJsonPath"));
        detail.set("value", content);
        assertThat(detail).isEqualTo(MAPPER.readTree(buffer.text()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "offloadBucket | Claims                       | is not a name that a bucket of S3 can have",
                "offloadBucket | cl                           | is not a name that a bucket of S3 can have",
                "offloadBucket | claims_2                     | is not a name that a bucket of S3 can have",
                "offloadBucket | claims..eu                   | is not a name that a bucket of S3 can have",
                "offloadBucket | -claims                      | is not a name that a bucket of S3 can have",
                "offloadBucket | claims.                      | is not a name that a bucket of S3 can have",
                "offloadBucket | 10.0.0.1                     | is not a name that a bucket of S3 can have",
                "offloadBucket | arn:aws:s3:::claims          | is not a name that a bucket of S3 can have",
                "offloadBucket | xn--claims                   | is not a name that a bucket of S3 can have",
                "offloadBucket | claims-s3alias               | is not a name that a bucket of S3 can have",
                "offloadBucket | claims--euc1-az1--x-s3       | is not a name that a bucket of S3 can have",
                "offloadWhen   | sometimes                    | is neither too-large nor always",
                "offloadPath   | $.detail.key                 | does not lead into $.detail.value",
                "offloadPath   | $.detail.values              | does not lead into $.detail.value",
                "offloadPath   | $.detail.value[*]            | is no JSONPath to one place",
                "offloadPath   | $.detail.value..payload      | is no JSONPath to one place",
                "offloadPath   | $.value                      | is no JSONPath to one place",
            })
    void whatCannotBeMeantIsRefusedWithTheNameOfTheParameter(String name, String value, String problem) {
        assertThatThrownBy(() -> offload(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + ": '" + value + "' " + problem);
    }

    @Test
    void aBucketOf64CharactersIsRefusedAndOneOf63IsNot() {
        assertThat(offload("offloadBucket", "b".repeat(63)).bucket()).hasSize(63);
        assertThatThrownBy(() -> offload("offloadBucket", "b".repeat(64))).hasMessageStartingWith("offloadBucket: ");
    }

    @ParameterizedTest
    @CsvSource({"offloadWhen, always", "offloadPath, $.detail.value.payload"})
    void whatHasNoEffectWithoutABucketIsRefused(String name, String value) {
        assertThatThrownBy(() -> offload("offloadBucket", "", name, value))
                .hasMessage(name + ": has no effect without offloadBucket");
        assertThat(offload("offloadBucket", "", "offloadWhen", "too-large", "offloadPath", "$.detail.value"))
                .isNull();
    }

    private static SchemaAndValue text(String text) {
        return new SchemaAndValue(null, text);
    }

    /** The members of the record that {@link TestEntries#valued} makes, up to the one before that. */
    private static String before(String member) {
        PayloadBuffer buffer = new PayloadBuffer(64);
        Detail.write(TestEntries.valued(null), buffer);
        return buffer.text().substring(0, buffer.text().indexOf(",\"" + member + "\":"));
    }

    private static Offload offload(String... parameters) {
        return options(parameters).offload();
    }

    private static Entry entry(KafkaRecord record, String... parameters) {
        return new EntryFormatter(options(parameters), LIMIT).format(record, new PayloadBuffer(64));
    }

    private static EntryOptions options(String... parameters) {
        String[] all = Arrays.copyOf(new String[] {"offloadBucket", "claims"}, parameters.length + 2);
        System.arraycopy(parameters, 0, all, 2, parameters.length);
        return TestEntries.options(all);
    }
}
