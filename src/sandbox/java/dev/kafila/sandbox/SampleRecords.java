package dev.kafila.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Orders of a shop, the same for the same number every time. Of every twenty one has no key, one is a tombstone, one is not text, one has
 * headers without a value and of the same name.
 */
public final class SampleRecords {
    private static final int CYCLE = 20;
    private static final int NO_KEY = 5;
    private static final int TOMBSTONE = 9;
    private static final int BINARY = 13;
    private static final int ODD_HEADERS = 3;
    private static final int BINARY_BYTES = 64;
    private static final List<String> CUSTOMERS =
            List.of("Ada Lovelace", "Zoë Müller", "Søren Åkesson", "王小明", "Nour \"Nunu\" Haddad", "O’Brien 🐫");
    private static final List<String> ARTICLES = List.of("rope", "waterskin", "saddle", "lantern", "dates", "compass");

    private final String topic;
    private final int partitions;

    public SampleRecords(String topic, int partitions) {
        this.topic = topic;
        this.partitions = partitions;
    }

    /** The records from {@code first} on, as many as asked for. */
    public List<ProducerRecord<byte[], byte[]>> records(long first, int count) {
        return LongStream.range(first, first + count).mapToObj(this::record).toList();
    }

    /** The record of this number, from 0. Records of one customer are in one partition. */
    public ProducerRecord<byte[], byte[]> record(long number) {
        SplittableRandom random = new SplittableRandom(number);
        int customer = random.nextInt(CUSTOMERS.size());
        int kind = (int) (number % CYCLE);
        int partition = kind == NO_KEY ? (int) (number % partitions) : customer % partitions;
        byte[] key = kind == NO_KEY ? null : ("customer-" + customer).getBytes(UTF_8);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, partition, key, value(number, kind, customer, random));
        addHeaders(record.headers(), number, kind);
        return record;
    }

    private static byte[] value(long number, int kind, int customer, SplittableRandom random) {
        if (kind == TOMBSTONE) {
            return null;
        }
        if (kind == BINARY) {
            byte[] bytes = new byte[BINARY_BYTES];
            random.nextBytes(bytes);
            return bytes;
        }
        return order(number, customer, random).toString().getBytes(UTF_8);
    }

    private static ObjectNode order(long number, int customer, SplittableRandom random) {
        ObjectNode order = JsonText.MAPPER.createObjectNode();
        order.put("orderId", "order-" + number).put("customer", CUSTOMERS.get(customer));
        ArrayNode items = order.putArray("items");
        long cents = 0;
        for (int item = random.nextInt(1, 4); item > 0; item--) {
            int quantity = random.nextInt(1, 5);
            long price = random.nextLong(100, 20_000);
            items.addObject()
                    .put("article", ARTICLES.get(random.nextInt(ARTICLES.size())))
                    .put("quantity", quantity)
                    .put("price", price / 100.0);
            cents += quantity * price;
        }
        return order.put("total", cents / 100.0).put("currency", "EUR");
    }

    private static void addHeaders(Headers headers, long number, int kind) {
        headers.add(
                "trace-id",
                Long.toHexString(new SplittableRandom(~number).nextLong()).getBytes(UTF_8));
        headers.add("channel", (number % 2 == 0 ? "web" : "shop").getBytes(UTF_8));
        if (kind == ODD_HEADERS) {
            headers.add("campaign", null);
            headers.add("tag", "gift".getBytes(UTF_8));
            headers.add("tag", "été".getBytes(UTF_8));
        }
    }
}
