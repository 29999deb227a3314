package dev.kafila.gateway.publish;
import static dev.kafila.gateway.publish.GatewayFlow.order;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kafila.sandbox.SandboxBroker;
import java.nio.file.Path;
import java.util.*;
import java.util.concurrent.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
class ScratchLoadTest {
  @Test void load(@TempDir Path d) throws Exception {
    try (SandboxBroker b = SandboxBroker.start()) {
      b.createTopic("load", 6); b.createTopic("load1", 1);
      for (String bs : List.of("", "0", "16384")) for (String t : List.of("load","load1")) {
        GatewayFlow f = new GatewayFlow(d, b.bootstrapServers()).topics("load","load1");
        if (!bs.isEmpty()) f.with("kafila.kafka.properties.batch.size", bs);
        f.start();
        for (int round = 0; round < 2; round++) {
        int n = 40000; Semaphore s = new Semaphore(256); long[] lat = new long[n]; int[] bad = new int[1];
        ObjectNode o = order(t, 1).put("key", "k"); ((ObjectNode) o.path("body")).put("name", "x".repeat(200));
        byte[] body = o.put("key", (String) null).toString().getBytes();
        long begin = System.nanoTime();
        CountDownLatch done = new CountDownLatch(n);
        for (int i = 0; i < n; i++) { s.acquire(); int k = i; long at = System.nanoTime();
          f.begin(body).whenComplete((a, p) -> { lat[k] = System.nanoTime() - at; if (p != null || !a.path("statusCode").asText().equals("200")) bad[0]++; s.release(); done.countDown(); }); }
        done.await();
        double sec = (System.nanoTime() - begin) / 1e9; Arrays.sort(lat);
        System.out.printf("LOAD batch.size=%s topic=%s %.0f/s p50=%.1fms p99=%.1fms bad=%d%n", bs, t, n / sec, lat[n/2]/1e6, lat[n*99/100]/1e6, bad[0]);
        }
        f.close();
      }
    }
  }
}
