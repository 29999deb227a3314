package dev.kafila.gateway.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.kafila.gateway.request.RequestException;
import dev.kafila.gateway.request.StrictJson;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEncoderTest {
    private static final Descriptor ORDER = ProtoText.message("""
        syntax = "proto3"; package shop;
        import "google/protobuf/any.proto"; import "google/protobuf/duration.proto";
        import "google/protobuf/field_mask.proto"; import "google/protobuf/struct.proto";
        import "google/protobuf/timestamp.proto"; import "google/protobuf/wrappers.proto";
        message Order {
          int32 id = 1; uint64 total = 2; fixed32 crc = 3; sint64 balance = 4; float rate = 5; double price = 6;
          bool paid = 7; string customer_name = 8; bytes photo = 9; Status status = 10; repeated Line lines = 11;
          map<string, string> attributes = 12; map<int32, Line> by_number = 13; Order previous = 14;
          oneof payment { string card = 15; string cash = 16; }
          google.protobuf.Timestamp at = 17; google.protobuf.Duration lasts = 18; google.protobuf.FieldMask mask = 19;
          google.protobuf.Struct more = 20; google.protobuf.Value thing = 21; google.protobuf.Any other = 22;
          google.protobuf.UInt64Value limit = 23; repeated int32 numbers = 24; optional string note = 25;
          google.protobuf.NullValue nothing = 26; map<bool, Status> flags = 27; repeated google.protobuf.Value things = 28;
        }
        message Line { string sku = 1; double price = 2; repeated Line parts = 3; }
        enum Status { NEW = 0; SENT = 1; }\
        """);

    private static final Descriptor OLD = ProtoText.message("""
        syntax = "proto2"; package shop;
        message Old { required int32 id = 1; optional Inner inner = 2; repeated Inner inners = 3; optional Kind kind = 4;
          optional group Extra = 5 { optional int32 n = 6; } }
        message Inner { required string key = 1; }
        enum Kind { ONE = 1; TWO = 2; }\
        """);

    @Test
    void aBodyIsEncodedAsProtobufsOwnMappingHasIt() throws Exception {
        String json = """
            {"id":"7","total":18446744073709551615,"crc":1e2,"balance":-9223372036854775808,"rate":"NaN","price":"٣","paid":true,
             "customerName":"Zoë 😀","photo":"_-8","status":"SENT","lines":[{"sku":"a","price":1.10,"parts":[{}]}],
             "attributes":{"a b":"c"},"by_number":{"-1":{"sku":"b"}},"previous":{"id":1,"previous":null},"card":"4242",
             "at":"2026-01-31T12:00:00.123456789+01:00","lasts":"-1.5s","mask":"customerName,lines.sku",
             "more":{"a":[null,{"b":-0}]},"thing":null,"other":{"@type":"x/shop.Line","sku":"c"},"limit":"1","numbers":[1,"2"],
             "note":null,"nothing":null,"flags":{"true":1,"false":99},"things":[null,1,"x",{}]}\
            """;

        assertThat(JsonEncoder.encode(ORDER, body(json))).isEqualTo(byLibrary(ORDER, json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'ids':1} | ids is not a field of shop.Order",
                "{'a b':1} | ['a b'] is not a field of shop.Order",
                "{'id':'x'} | id must be a whole number from -2147483648 to 2147483647",
                "{'id':2147483648} | id must be a whole number from -2147483648 to 2147483647",
                "{'id':1.5} | id must be a whole number from -2147483648 to 2147483647",
                "{'id':[1]} | id must be a whole number from -2147483648 to 2147483647",
                "{'id':{}} | id must be a whole number from -2147483648 to 2147483647",
                "{'id':true} | id must be a whole number from -2147483648 to 2147483647",
                "{'total':-1} | total must be a whole number from 0 to 18446744073709551615",
                "{'total':18446744073709551616} | total must be a whole number from 0 to 18446744073709551615",
                "{'crc':4294967296} | crc must be a whole number from 0 to 4294967295",
                "{'balance':9223372036854775808} | balance must be a whole number from -9223372036854775808 to"
                        + " 9223372036854775807",
                "{'rate':3.5e38} | rate must be a number from -3.4028235E38 to 3.4028235E38",
                "{'rate':3.4028236e38} | rate must be a number from -3.4028235E38 to 3.4028235E38",
                "{'price':1e309} | price must be a number from -1.7976931348623157E308 to 1.7976931348623157E308",
                "{'price':1.7976931348623159e308} | price must be a number from -1.7976931348623157E308 to"
                        + " 1.7976931348623157E308",
                "{'price':'dear'} | price must be a number from -1.7976931348623157E308 to 1.7976931348623157E308",
                "{'paid':1} | paid must be true or false",
                "{'customerName':['x']} | customerName must be a string",
                "{'customer_name':{}} | customer_name must be a string",
                "{'photo':'%'} | photo must be a string of base64",
                "{'status':'LOST'} | status must be a value of the enum shop.Status",
                "{'status':[]} | status must be a value of the enum shop.Status",
                "{'lines':{}} | lines must be an array",
                "{'lines':[{},null]} | lines[1] must not be null",
                "{'lines':[{},{},{'price':'x'}]} | lines[2].price must be a number from -1.7976931348623157E308 to"
                        + " 1.7976931348623157E308",
                "{'lines':[{'parts':[{'parts':[{},{'colour':1}]}]}]} | lines[0].parts[0].parts[1].colour is not a"
                        + " field of shop.Line",
                "{'lines':[7]} | lines[0] must be an object",
                "{'numbers':[1,2,'3x']} | numbers[2] must be a whole number from -2147483648 to 2147483647",
                "{'attributes':{'a':'x','a b':{}}} | attributes['a b'] must be a string",
                "{'attributes':{'a':null}} | attributes['a'] must not be null",
                "{'attributes':[]} | attributes must be an object",
                "{'byNumber':{'one':{}}} | byNumber['one'] has a key that must be a whole number from -2147483648 to"
                        + " 2147483647",
                "{'byNumber':{'1':{},'01':{}}} | byNumber['01'] has a key that is given twice",
                "{'byNumber':{'1':{'sku':[]}}} | byNumber['1'].sku must be a string",
                "{'flags':{'yes':1}} | flags['yes'] has a key that must be true or false",
                "{'previous':{'previous':{'id':''}}} | previous.previous.id must be a whole number from -2147483648 to"
                        + " 2147483647",
                "{'card':'a','cash':'b'} | cash is given beside another field of its oneof",
                "{'customerName':'a','customer_name':'b'} | customer_name is given twice, by another name too",
                "{'customerName':'','customer_name':'b'} | customer_name is given twice, by another name too",
                "{'at':'2026-02-30T12:00:00Z'} | at must be a time such as '2026-01-31T12:00:00.5Z'",
                "{'at':'2026-01-31T12:00:00 noon.5Z'} | at must be a time such as '2026-01-31T12:00:00.5Z'",
                "{'at':'0000-12-31T23:59:59Z'} | at must be a time such as '2026-01-31T12:00:00.5Z'",
                "{'at':1769860800} | at must be a time such as '2026-01-31T12:00:00.5Z'",
                "{'lasts':'1.0000000001s'} | lasts must be a duration such as '1.5s'",
                "{'lasts':'315576000001s'} | lasts must be a duration such as '1.5s'",
                "{'mask':{}} | mask must be a field mask such as 'user.name,total'",
                "{'more':[]} | more must be an object",
                "{'more':{'a':[1e999]}} | more['a'][0] must be a number from -1.7976931348623157E308 to"
                        + " 1.7976931348623157E308",
                "{'thing':{'x':{'y':-1e309}}} | thing['x']['y'] must be a number from -1.7976931348623157E308 to"
                        + " 1.7976931348623157E308",
                "{'other':[]} | other must be an object",
                "{'other':{'sku':'a'}} | other['@type'] must be the type of what is beside it",
                "{'other':{'@type':'shop.Line'}} | other['@type'] must be a URL that ends with / and the name of a"
                        + " message",
                "{'other':{'@type':'x/shop.Lime'}} | other['@type'] is not a message of the schema",
                "{'other':{'@type':'x/shop.Line','price':''}} | other.price must be a number from"
                        + " -1.7976931348623157E308 to 1.7976931348623157E308",
                "{'other':{'@type':'x/shop.Line','value':1}} | other.value is not a field of shop.Line",
                "{'other':{'@type':'x/google.protobuf.Duration','value':'1'}} | other.value must be a duration such as"
                        + " '1.5s'",
                "{'other':{'@type':'x/google.protobuf.Duration','value':null}} | other.value must be a duration such"
                        + " as '1.5s'",
                "{'other':{'@type':'x/google.protobuf.Duration','v':'1s'}} | other.v is not known beside a"
                        + " google.protobuf.Duration",
                "{'limit':-1} | limit must be a whole number from 0 to 18446744073709551615"
            })
    void whatDoesNotFitIsNamedByItsPath(String json, String problem) {
        String given = json.replace('\'', '"');

        EncodingException refusal = refusal(ORDER, given);

        assertThat(refusal.answer())
                .isEqualTo("Can not serialize input json " + given + " using schema shop.Order: "
                        + problem.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'inner':{'key':'a'}} | id is required",
                "{'id':1,'inner':{}} | inner.key is required",
                "{'id':1,'inners':[{'key':'a'},{'key':null}]} | inners[1].key is required",
                "{'id':1,'kind':3} | kind must be a value of the enum shop.Kind",
                "{'id':1,'extra':{'m':1}} | extra.m is not a field of shop.Old.Extra"
            })
    void whatProto2RefusesIsNamedByItsPath(String json, String problem) {
        assertThat(refusal(OLD, json.replace('\'', '"')).answer()).endsWith(" using schema shop.Old: " + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'lines':[{'colour':1}]}",
                "{'status':'LOST'}",
                "{'status':' SENT'}",
                "{'other':{'@type':'x/shop.Lime'}}"
            })
    void whatANewerSchemaMayKnowIsMarked(String json) {
        assertThat(refusal(ORDER, json.replace('\'', '"')).unknownField()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'id':'x'}", "{'status':{}}", "{'lines':7}", "{'other':{'sku':'a'}}"})
    void whatNoSchemaWouldChangeIsNotMarked(String json) {
        assertThat(refusal(ORDER, json.replace('\'', '"')).unknownField()).isFalse();
    }

    @Test
    void theExceptionItselfRepeatsNothingOfTheBody() {
        EncodingException refusal = refusal(ORDER, "{\"secret\":\"hunter2\"}");

        assertThat(refusal).hasMessage("A body does not fit shop.Order").hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "'1e999999999'",
                "0e999999999",
                "1e-999999999",
                "'0e-999999999'",
                "1e99999999999",
                "-1e-99999999999"
            })
    @Timeout(10)
    void aNumberThatWouldTakeForeverToWriteOutIsRefusedAtOnce(String number) {
        String given = number.replace('\'', '"');

        for (String field : new String[] {"total", "crc", "id", "balance"}) {
            assertThat(refusal(ORDER, "{\"" + field + "\":" + given + "}").answer())
                    .contains(": " + field + " must be a whole number");
        }
        assertThat(refusal(ORDER, "{\"limit\":" + given + "}").answer()).contains(": limit must be");
    }

    @Test
    @Timeout(10)
    void aNumberOfAMillionDigitsIsRefusedAtOnce() {
        String digits = "\"" + "9".repeat(1_000_000) + "\"";

        for (String field : new String[] {"id", "total", "price", "rate", "status"}) {
            assertThat(refusal(ORDER, "{\"" + field + "\":" + digits + "}").answer())
                    .contains(": " + field + " must be");
        }
        String key = "\"" + "9".repeat(40_000) + "\"";
        assertThat(refusal(ORDER, "{\"byNumber\":{" + key + ":{}}}").answer()).contains("has a key that must be");
    }

    @Test
    @Timeout(10)
    void theLastOfManyValuesIsFoundWithoutTryingAgainAndAgain() {
        String many = "{\"numbers\":[" + "1,".repeat(200_000) + "\"x\"]}";

        assertThat(refusal(ORDER, many).answer()).contains(": numbers[200000] must be");
    }

    @Test
    void messagesMayBeAHundredInsideEachOther() throws Exception {
        String deepest = nested("previous", 100, "{}");

        assertThat(JsonEncoder.encode(ORDER, body(deepest))).isEqualTo(byLibrary(ORDER, deepest));
        assertThat(refusal(ORDER, nested("previous", 101, "{}")).answer())
                .endsWith(": previous" + ".previous".repeat(100) + " is the message beyond 100 inside each other");
    }

    @Test
    void aValueInsideAValueCountsAsAMessage() throws Exception {
        String deepest = "{\"thing\":" + "[".repeat(99) + "]".repeat(99) + "}";

        assertThat(JsonEncoder.encode(ORDER, body(deepest))).isEqualTo(byLibrary(ORDER, deepest));
        assertThat(refusal(ORDER, "{\"thing\":" + "[".repeat(101) + "]".repeat(101) + "}")
                        .answer())
                .contains("is the message beyond 100");
    }

    @Test
    void theDeepestMessageOfListsIsNoDeeperThanJsonMayBe() throws Exception {
        String deepest = "{\"parts\":[".repeat(99) + "{}" + "]}".repeat(99);
        String json = "{\"lines\":[" + deepest + "]}";

        assertThat(JsonEncoder.encode(ORDER, body(json))).isEqualTo(byLibrary(ORDER, json));
    }

    /** JsonFormat does not count them as messages: how deep JSON may be is what ends them. */
    @Test
    void anAnyInsideAnAnyFitsIntoASmallStack() throws Exception {
        String any = "{\"@type\":\"x/google.protobuf.Any\",\"value\":".repeat(247) + "{}" + "}".repeat(247);
        ObjectNode body = body("{\"other\":" + any + "}");
        FutureTask<ByteString> encoding = new FutureTask<>(() -> JsonEncoder.encode(ORDER, body));

        new Thread(null, encoding, "small", 512 * 1024).start();

        assertThat(encoding.get()).isNotEmpty();
    }

    private static String nested(String field, int times, String inner) {
        return ("{\"" + field + "\":").repeat(times) + inner + "}".repeat(times);
    }

    private static EncodingException refusal(Descriptor message, String json) {
        return catchThrowableOfType(EncodingException.class, () -> JsonEncoder.encode(message, body(json)));
    }

    private static ObjectNode body(String json) throws RequestException {
        return (ObjectNode) StrictJson.read(json);
    }

    private static ByteString byLibrary(Descriptor message, String json) throws InvalidProtocolBufferException {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(message);
        JsonFormat.parser()
                .usingTypeRegistry(com.google.protobuf.TypeRegistry.newBuilder()
                        .add(message)
                        .build())
                .merge(json, builder);
        return builder.build().toByteString();
    }
}
