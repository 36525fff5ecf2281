package io.sallyport.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.ConnectorContext;
import io.sallyport.journal.read.JournalReader;
import io.sallyport.journal.record.RecordType;
import io.sallyport.plugin.PluginCatalog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A gateway")
final class GatewayTest {

    private static final String TEXT = """
            node: test
            store: { url: "jdbc:sqlite:./store.db" }
            journal: { directory: ./journal, signing-key: ./journal.key, segment-size: 1MiB }
            issuers: [ { name: demo, issuer: "http://127.0.0.1:1", audiences: [sallyport] } ]
            connectors: [ { name: door, type: listening, config: { listen: "127.0.0.1:%d" } } ]
            targets:
              - name: app
                connector: door
                address: tcp://127.0.0.1:1
                credential: { user: app, password: "${env:PATH}" }
            guardrails: [ { name: commands, type: commands-only, config: {} } ]
            grants:
              - name: all
                who: { issuer: demo, groups: [dev] }
                targets: [app]
                baseline: none
                scope: [ { verbs: [read], resources: ["**"] } ]
                guardrails: [commands]
            %s
            """;

    private final Path directory;
    private final ListeningPlugin plugin = new ListeningPlugin();

    GatewayTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    @DisplayName("accepts on every connector once it has started, and on none once it has stopped")
    void startAndStop() throws Exception {
        // Given
        Gateway gateway = start(0, List.of());
        InetSocketAddress address = gateway.addresses().get("door");
        assertNotNull(address);
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            assertTrue(client.isConnected());
        }

        // When
        gateway.close();

        // Then
        assertEquals(List.of("started", "drained"), plugin.events);
        assertThrows(IOException.class, () -> new Socket(address.getAddress(), address.getPort()).close());
    }

    @Test
    @DisplayName("writes its configuration's coming into force into the journal")
    void recorded() throws Exception {
        // Given
        start(0, List.of()).close();

        // When
        var records = JournalReader.open(directory.resolve("journal")).poll(100);

        // Then
        assertTrue(records.stream().anyMatch(record -> record.type() == RecordType.CONFIGURATION));
    }

    @Test
    @DisplayName("names the connector whose address is taken, and leaves nothing running")
    void taken() throws Exception {
        // Given
        List<String> front = new ArrayList<>();
        StartException refusal;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // When
            refusal = assertThrows(
                    StartException.class,
                    () -> start(taken.getLocalPort(), List.of(services -> () -> front.add("stopped"))));
        }

        // Then
        assertTrue(refusal.getMessage().contains("connector 'door' cannot start"), refusal.getMessage());
        assertFalse(refusal.isConfiguration());
        assertEquals(List.of("stopped"), front);
        start(0, List.of()).close();
    }

    @Test
    @DisplayName("refuses a grant that leaves kinds of action to chance")
    void uncovered() throws IOException {
        // Given
        Path file = Files.writeString(directory.resolve("sallyport.yaml"), TEXT.formatted(0, ""));

        // When
        StartException refusal = assertThrows(
                StartException.class, () -> Gateway.start(Gateway.read(file, PluginCatalog.of(plugin)), List.of()));

        // Then
        assertTrue(refusal.isConfiguration());
        assertTrue(refusal.getMessage().contains("uncovered"), refusal.getMessage());
        assertFalse(Files.exists(directory.resolve("journal")));
    }

    @Test
    @DisplayName("fixes a connector's executors when it has started")
    void executors() throws Exception {
        // Given
        try (Gateway gateway = start(0, List.of())) {
            ConnectorContext context = plugin.context;
            assertNotNull(context);

            // When
            IllegalStateException refusal =
                    assertThrows(IllegalStateException.class, () -> context.register(Runnable::run, () -> true));

            // Then
            assertTrue(String.valueOf(refusal.getMessage()).contains("door"));
            assertEquals(1, gateway.addresses().size());
        }
    }

    private Gateway start(int port, List<Front> fronts) throws Exception {
        String text = TEXT.formatted(port, "    uncovered: deny");
        Path file = Files.writeString(directory.resolve("sallyport.yaml"), text);
        return Gateway.start(Gateway.read(file, PluginCatalog.of(plugin)), fronts);
    }
}
