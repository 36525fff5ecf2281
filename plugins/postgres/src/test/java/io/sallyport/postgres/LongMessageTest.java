package io.sallyport.postgres;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.netty.Spool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A message that is too long for memory")
class LongMessageTest {

    private static final String LONG = "x".repeat(20 << 20);

    private Gateway gateway;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        gateway = Gateway.start();
        client = gateway.client();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        gateway.close();
    }

    private SqlStatement last() {
        var exchanges = gateway.sessions.last().exchanges;
        return (SqlStatement) exchanges.get(exchanges.size() - 1).action;
    }

    @Test
    @DisplayName("passes whole, and what is sent behind it stays behind it")
    void pipelined() throws IOException {
        // When
        String answer = client.parse("", "SELECT length($1), md5($1) = md5(repeat('x', length($1)))")
                .bind("", "", LONG)
                .execute("", 0)
                .sync()
                .query("SELECT 1")
                .query("SELECT length('" + LONG.substring(0, 5 << 20) + "')")
                .parse("", "SELECT '" + LONG.substring(0, 1 << 20) + "' = '', 2")
                .bind("", "")
                .execute("", 0)
                .sync()
                .talk(4);

        // Then
        assertEquals(
                "1 2 D[20971520, t] C(SELECT 1) Z(I) T D[1] C(SELECT 1) Z(I) T D[5242880] C(SELECT 1) Z(I)"
                        + " 1 2 D[f, 2] C(SELECT 1) Z(I)",
                answer);
    }

    @Test
    @DisplayName("shows a long value as its beginning, length and hash")
    void parameter() throws IOException {
        // When
        client.parse("", "SELECT length($1)").bind("", "", LONG).sync().talk(1);

        // Then
        SqlStatement.Parameter value = last().parameters().get(0);
        byte[] prefix = value.value();
        assertEquals(LONG.length(), value.length());
        assertTrue(prefix != null && prefix.length == 1024 && value.sha256() != null);
    }

    @Test
    @DisplayName("waits for its verdict like any other, and is refused like any other")
    void held() throws IOException {
        // Given
        gateway.sessions.judge = action -> FakeSessions.HOLD;
        client.query("SELECT length('" + LONG.substring(0, 1 << 20) + "')").send();
        assertEquals("N(00000)", client.read().toString());

        // When
        gateway.sessions.last().exchanges.get(0).decide(Verdict.Allow.PLAIN);
        String allowed = client.talk(1);
        gateway.sessions.judge = action -> new Verdict.Deny("D1", "no");
        String denied = client.query("SELECT length('" + LONG.substring(0, 1 << 20) + "')")
                .query("SELECT 1")
                .talk(2);

        // Then
        assertEquals("T D[1048576] C(SELECT 1) Z(I)", allowed);
        assertEquals("E(42501) Z(I) E(42501) Z(I)", denied);
    }

    @Test
    @DisplayName("is described for its masks in its place")
    void masked() throws IOException {
        // Given
        gateway.sessions.masking = TestMasking.SSN;
        String sql = "SELECT ssn FROM customers WHERE '" + LONG.substring(0, 1 << 20) + "' <> '' AND id = 1";

        // When
        String answer = client.parse("", sql)
                .bind("", "")
                .execute("", 0)
                .sync()
                .query(sql)
                .talk(2);

        // Then
        assertEquals("1 2 D[[a\tmask]] C(SELECT 1) Z(I) T D[[a\tmask]] C(SELECT 1) Z(I)", answer);
    }

    @Test
    @DisplayName("is skipped behind an error like any other")
    void skipped() throws IOException {
        // When
        String answer = client.parse("", "SELECT no_such_column")
                .bind("", "")
                .parse("s", "SELECT length('" + LONG.substring(0, 1 << 20) + "')")
                .bind("", "s", LONG)
                .execute("", 0)
                .sync()
                .query("SELECT 1")
                .talk(2);

        // Then
        assertEquals("E(42703) Z(I) T D[1] C(SELECT 1) Z(I)", answer);
    }

    @Test
    @DisplayName("leaves nothing in the directory of temporary files, whole or cut off")
    void noTrace() throws IOException {
        // Given
        byte[] half = ("SELECT '" + LONG.substring(0, 1 << 20)).getBytes(StandardCharsets.UTF_8);
        client.raw('Q', 0, 64, 0, 0).send();
        client.socket.getOutputStream().write(half);

        // When
        long files = spools();
        client.close();

        // Then
        assertEquals(0, files);
        Await.until("the session is over", () -> gateway.sessions.last().closing != null);
        assertEquals(0, spools());
    }

    private static long spools() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.toString().endsWith(".frame")).count();
        }
    }

    @Test
    @DisplayName("is read back from its file as it was written")
    void spool() throws IOException {
        // Given
        byte[] bytes = LONG.getBytes(StandardCharsets.UTF_8);
        Spool spool = Spool.open();

        // When
        spool.write(Unpooled.wrappedBuffer(bytes), 0, 1_000_000);
        spool.write(Unpooled.wrappedBuffer(bytes), 1_000_000, bytes.length);
        ByteBuf whole = spool.finish(ByteBufAllocator.DEFAULT);

        // Then
        byte[] read = new byte[whole.readableBytes()];
        whole.getBytes(0, read);
        assertArrayEquals(bytes, read);
        assertTrue(whole.release());
    }
}
