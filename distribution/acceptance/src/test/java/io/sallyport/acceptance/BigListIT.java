package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of an API server that are larger than the gateway's heap. {@code -Dsallyport.list} is their size in bytes. */
class BigListIT {

    private static final Demo DEMO = Demo.shared();
    private static final long SIZE = Long.getLong("sallyport.list", 200_000_000);
    private static final String MASK = "\"W3JlZGFjdGVkXQ==\"";

    /** Heap, code, stacks and network buffers of a process with 64 MiB of heap; a list that were kept would be on top. */
    private static final long RESIDENT_KIB = 400 * 1024;

    private static ListServer lists;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        lists = ListServer.start(DEMO, SIZE);
        gateway = GatewayProcess.start(DEMO, "-Xmx64m", BigListIT::configured);
    }

    /** The pipeline's lists come as they are; those of people are masked, and detectors look at every string. */
    private static String configured(String text) {
        String address = "name: prod\n    connector: k8s\n    address: https://127.0.0.1:";
        int at = text.indexOf(address) + address.length();
        String moved = text.substring(0, at) + lists.port() + text.substring(text.indexOf('\n', at));
        int ci = moved.indexOf("  - name: prod-ci");
        int dev = moved.indexOf("  - name: prod-dev");
        return moved.substring(0, ci)
                + moved.substring(ci, dev).replace("guardrails: [K1, K2, K3, K4]", "guardrails: [K1, K2]")
                + moved.substring(dev).replace("guardrails: [K1, K2, K3, K4]", "guardrails: [K1, K2, K3, M2]");
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        lists.close();
    }

    @ParameterizedTest(name = "A list larger than the heap, {0}, masked: {1}, to a reader that is slow at first")
    @CsvSource({"HTTP_1_1, false", "HTTP_1_1, true", "HTTP_2, false", "HTTP_2, true"})
    void passes(Version version, boolean masked) throws Exception {
        // Given
        HttpClient client = HttpClient.newBuilder()
                .sslContext(RawPostgres.trusting(DEMO))
                .version(version)
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + gateway.portOf("K8S_PORT")
                        + "/clusters/prod/api/v1/namespaces/big/secrets"))
                .header("Authorization", "Bearer " + DEMO.variable(masked ? "TOK" : "TOKEN_CI"))
                .build();

        // When
        long begin = System.nanoTime();
        HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
        Read read = read(answer.body());

        // Then
        long peak = gateway.memory("VmHWM");
        System.out.printf(
                "a list of %d MB, %s, masked: %s: %.1f s, most resident %d MiB%n",
                lists.bytes() / 1_000_000, version, masked, (System.nanoTime() - begin) / 1e9, peak >> 10);
        assertEquals(200, answer.statusCode());
        assertEquals(version, answer.version());
        assertEquals(masked ? 0 : lists.items(), read.plain);
        assertEquals(masked ? lists.items() : 0, read.masked);
        assertEquals("]}", read.last);
        assertTrue(peak < RESIDENT_KIB, peak + " KiB were resident");
        assertFalse(gateway.log().contains("OutOfMemory"), gateway.log());
    }

    /** How many items had their value and how many a mask, and the last line. */
    private record Read(int plain, int masked, String last) {}

    private static Read read(InputStream body) throws Exception {
        int plain = 0;
        int masked = 0;
        String last = "";
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                plain += line.contains(ListServer.VALUE) ? 1 : 0;
                masked += line.contains(MASK) ? 1 : 0;
                last = line;
            }
        }
        return new Read(plain, masked, last);
    }
}
