package io.sallyport.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Action;
import io.sallyport.api.guardrail.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The settings of a startup packet")
class StartupSettingsTest {

    private static final Set<String> LISTED = Set.of("setting:search_path", "setting:work_mem");

    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = Gateway.start();
        gateway.sessions.judge = StartupSettingsTest::judge;
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static Verdict.Final judge(Action action) {
        for (Access access : action.accesses()) {
            boolean set = access.verb().toString().startsWith("set");
            if (set && !LISTED.contains(access.resource().toString())) {
                return new Verdict.Deny("scope", "not in scope: " + access.verb() + " " + access.resource());
            }
        }
        return Verdict.Allow.PLAIN;
    }

    private RawClient.Message refusal(String parameter) throws IOException {
        try (RawClient client = new RawClient(gateway.address())) {
            List<RawClient.Message> answer = client.startup(196608, "app", parameter)
                    .password(FakeSessions.TOKEN)
                    .exchange(1);
            assertEquals('#', answer.get(answer.size() - 1).type(), "the connection is closed");
            RawClient.Message error = answer.get(answer.size() - 2);
            assertEquals("FATAL", error.field('S'));
            return error;
        }
    }

    @Test
    @DisplayName("PG-07 each setting is judged and recorded as the SET that it stands for, and the target has it")
    void judgedAsSet() throws IOException {
        // When
        String shown;
        try (RawClient client =
                gateway.client("options=-c search_path=pg_catalog --work-mem=8MB", "search_path=public")) {
            shown = client.query("SHOW search_path").query("SHOW work_mem").talk(2);
        }

        // Then
        assertEquals("T D[public] C(SHOW) Z(I) T D[8MB] C(SHOW) Z(I)", shown);
        List<FakeSessions.FakeExchange> exchanges = gateway.sessions.last().exchanges;
        assertEquals(
                List.of(
                        "SET \"search_path\" TO 'pg_catalog'",
                        "SET \"work_mem\" TO '8MB'",
                        "SET \"search_path\" TO 'public'"),
                exchanges.subList(0, 3).stream()
                        .map(exchange -> exchange.action.text())
                        .toList());
        assertTrue(
                exchanges.subList(0, 3).stream()
                        .allMatch(exchange -> exchange.outcome != null
                                && exchange.outcome.code().equals("SET")),
                "every one has an outcome");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "role=postgres",
                "options=--session-authorization=postgres",
                "options=-crole=postgres",
                "options=-c ROLE=postgres",
                "options=-c r\\ole=postgres",
                "session_replication_role=replica",
                "default_transaction_read_only=off",
                "options=-c work_mem=8MB -c session_preload_libraries=auto_explain",
                "app.tenant=other",
            })
    @DisplayName("PG-50 a setting that SET could not change is refused with 42501, and the target never has it")
    void denied(String parameter) throws IOException {
        // When
        RawClient.Message error = refusal(parameter);

        // Then
        assertEquals("42501", error.field('C'));
        assertTrue(error.field('M').contains("not in scope: set"), error.field('M'));
        assertTrue(error.field('M').contains(gateway.sessions.last().id()), error.field('M'));
    }

    @Test
    @DisplayName("PG-07 a setting that the target does not know gives the target's own error, whatever the scope says")
    void unknown() throws IOException {
        // When
        RawClient.Message error = refusal("options=-c nosuch=1");

        // Then
        assertEquals("42704", error.field('C'));
        assertEquals("unrecognized configuration parameter \"nosuch\"", error.field('M'));
    }

    @Test
    @DisplayName("A setting that needs an approval is refused, since a login cannot wait for one")
    void held() throws IOException {
        // Given
        gateway.sessions.judge = action -> FakeSessions.HOLD;

        // When
        RawClient.Message error = refusal("work_mem=8MB");

        // Then
        assertEquals("42501", error.field('C'));
        assertTrue(error.field('M').contains("send a SET after login"), error.field('M'));
        assertEquals(1, gateway.sessions.last().exchanges.size());
    }

    @ParameterizedTest
    @CsvSource({
        "client_encoding=SJIS",
        "options=-c client_encoding=BIG5",
        "client_encoding=GBK",
        "CLIENT_ENCODING=gb18030"
    })
    @DisplayName("An encoding in which an ASCII byte may be half of a character is refused before anybody is asked")
    void encodings(String parameter) throws IOException {
        // When
        String answer;
        try (RawClient client = new RawClient(gateway.address())) {
            answer = client.startup(196608, "app", parameter).talk(1);
        }

        // Then
        assertEquals("E(0A000) #", answer);
        assertEquals(0, gateway.sessions.admissions.size());
    }

    @Test
    @DisplayName("A value that is written with backslash and quote is judged and recorded as it is")
    void values() throws IOException {
        // Given
        gateway.sessions.judge = action -> Verdict.Allow.PLAIN;

        // When
        String shown;
        try (RawClient client = gateway.client("app.name=a'\\b")) {
            shown = client.query("SHOW app.name").talk(1);
        }

        // Then
        assertEquals("T D[a'\\b] C(SHOW) Z(I)", shown);
        assertEquals(
                "SET \"app\".\"name\" TO E'a''\\\\b'",
                gateway.sessions.last().exchanges.get(0).action.text());
    }
}
