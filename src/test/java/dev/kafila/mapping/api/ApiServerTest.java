package dev.kafila.mapping.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.MappingStore;
import dev.kafila.mapping.StoredMapping;
import dev.kafila.settings.MappingSettings;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;

/** The server itself: what it does when too much comes, or something breaks. */
class ApiServerTest {

    @Test
    void aPortThatIsTakenStopsTheStart() {
        try (ApiFixture first = ApiFixture.start()) {
            int port = first.endpoint().getPort();

            assertThatThrownBy(() -> start(new MemoryStore(), port))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("kafila.mapping.port: 127.0.0.1:" + port);
        }
    }

    @Test
    void moreRequestsThanItHoldsAreToldToComeBack() {
        StuckStore store = new StuckStore();
        try (MappingApi api = start(store, 0)) {
            RawHttp http = new RawHttp(URI.create("http://127.0.0.1:" + api.port()));
            List<CompletableFuture<RawHttp.Reply>> replies = new ArrayList<>();
            for (int i = 0; i < MappingApi.MAX_REQUESTS + 1; i++) {
                replies.add(http.sendAsync(http.request(RawHttp.MAPPINGS).GET()));
            }

            RawHttp.Reply refused = (RawHttp.Reply) CompletableFuture.anyOf(replies.toArray(CompletableFuture[]::new))
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            store.unstick();

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.errorType()).isEqualTo("TooManyRequestsException");
            assertThat(refused.raw().headers().firstValue("Retry-After")).hasValue("1");
            assertThat(replies.stream().map(reply -> reply.join().status()).filter(status -> status == 200))
                    .hasSize(MappingApi.MAX_REQUESTS);
            assertThat(http.get(RawHttp.MAPPINGS).status()).isEqualTo(200);
        }
    }

    @Test
    void whatNobodyThoughtOfIsAnErrorOfTheServiceThatTellsNothing() {
        MappingStore broken = new StuckStore() {
            @Override
            public List<StoredMapping> list() {
                throw new IllegalStateException("secret detail");
            }
        };
        try (MappingApi api = start(broken, 0)) {
            RawHttp.Reply reply = new RawHttp(URI.create("http://127.0.0.1:" + api.port())).get(RawHttp.MAPPINGS);

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.errorType()).isEqualTo("ServiceException");
            assertThat(reply.raw().body()).doesNotContain("secret detail");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /2015-03-31/event-source-mappings/%zz HTTP/1.1",
                "GET /2015-03-31/event-source-mappings/?Marker=%zz HTTP/1.1",
                "GET /2017-03-31/tags/%80%zz HTTP/1.1",
                "GET nowhere HTTP/1.1"
            })
    void whatCannotBeDecodedIsMalformed(String firstLine) throws Exception {
        try (ApiFixture api = ApiFixture.start();
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), api.endpoint().getPort())) {
            String request = firstLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("x-amzn-errortype: SerializationException", "\"Type\":\"User\"");
        }
    }

    private static MappingApi start(MappingStore store, int port) {
        MappingService service = MappingService.of(
                store, ApiFixture.settings(ApiFixture.ALLOWED), Region.EU_CENTRAL_1, Clock.systemUTC());
        return MappingApi.start(service, new MappingSettings.Api("127.0.0.1", port, Map.of()));
    }

    private static class StuckStore implements MappingStore {
        private final CountDownLatch released = new CountDownLatch(1);

        void unstick() {
            released.countDown();
        }

        @Override
        public List<StoredMapping> list() {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        }

        @Override
        public Optional<StoredMapping> get(String uuid) {
            return Optional.empty();
        }

        @Override
        public void put(Mapping mapping) {
            throw new UnsupportedOperationException();
        }
    }
}
