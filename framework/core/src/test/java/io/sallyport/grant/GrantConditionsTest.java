package io.sallyport.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sallyport.api.principal.Principal;
import java.net.InetAddress;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A grant is found")
class GrantConditionsTest {

    private static final Instant NOON = Instant.parse("2027-01-05T12:00:00Z");
    private static final Principal ALICE = principal("demo", "alice", Set.of("dev"), Map.of());

    @Test
    @DisplayName("by the principal's issuer, subject, groups and claims: each that it states must hold")
    void who() {
        // Given
        Principal pipeline = principal(
                "gitlab", "project_path:acme/app", Set.of("ci", "all"), Map.of("project_id", "42", "ref", "main"));
        Who all = new Who(
                "gitlab",
                Set.of("project_path:acme/app", "project_path:acme/web"),
                Set.of("ci", "ops"),
                Map.of("project_id", "42", "ref", "main"));

        // When
        List<Boolean> answers = List.of(
                finds(all, pipeline),
                finds(new Who("github", all.subjects(), all.groups(), all.claims()), pipeline),
                finds(new Who("gitlab", Set.of("project_path:acme/web"), all.groups(), all.claims()), pipeline),
                finds(new Who("gitlab", all.subjects(), Set.of("ops"), all.claims()), pipeline),
                finds(new Who("gitlab", all.subjects(), all.groups(), Map.of("project_id", "4")), pipeline),
                finds(new Who("gitlab", all.subjects(), all.groups(), Map.of("environment", "")), pipeline));

        // Then
        assertEquals(List.of(true, false, false, false, false, false), answers);
    }

    @ParameterizedTest
    @CsvSource({"main, main, true", "main, Main, false", "main, main2, false", "ma*, main, false", "'', '', true"})
    @DisplayName("by claims that are the same text, not a pattern nor a likeness")
    void claims(String stated, String claimed, boolean fits) {
        // Given
        Who who = new Who("demo", Set.of(), Set.of(), Map.of("ref", stated));

        // When
        boolean answer = finds(who, principal("demo", "bot", Set.of(), Map.of("ref", claimed)));

        // Then
        assertEquals(fits, answer);
    }

    @Test
    @DisplayName("until its last day is over in UTC, and sessions end then")
    void expires() {
        // Given
        Instant end = Instant.parse("2027-07-01T00:00:00Z");
        Grant grant = SampleGrant.named("report").until(end).grant();

        // When
        Grants.Answer before = find(end.minusMillis(1), grant);
        Grants.Answer after = find(end, grant);

        // Then
        assertEquals(end, assertInstanceOf(Grants.Answer.Granted.class, before).until());
        assertEquals(
                "grant report: expired at 2027-07-01T00:00:00Z",
                assertInstanceOf(Grants.Answer.None.class, after).reason());
    }

    @Test
    @DisplayName("within its window, and sessions end with whichever comes first: the window or the grant")
    void window() {
        // Given
        Window day = new Window(
                Set.of(DayOfWeek.TUESDAY), LocalTime.parse("08:00"), LocalTime.parse("18:00"), ZoneOffset.UTC);
        Instant afternoon = Instant.parse("2027-01-05T15:00:00Z");

        // When
        Grants.Answer open = find(NOON, SampleGrant.named("report").during(day).grant());
        Grants.Answer shorter = find(
                NOON, SampleGrant.named("report").during(day).until(afternoon).grant());
        Grants.Answer closed = find(
                NOON.plus(Duration.ofHours(6)),
                SampleGrant.named("report").during(day).grant());

        // Then
        assertEquals(
                Instant.parse("2027-01-05T18:00:00Z"),
                assertInstanceOf(Grants.Answer.Granted.class, open).until());
        assertEquals(
                afternoon,
                assertInstanceOf(Grants.Answer.Granted.class, shorter).until());
        assertEquals(
                "grant report: outside of its window",
                assertInstanceOf(Grants.Answer.None.class, closed).reason());
    }

    @Test
    @DisplayName("from any one of its networks")
    void networks() {
        // Given
        Grant grant =
                SampleGrant.named("report").from("10.0.0.0/8", "2001:db8::/32").grant();

        // When
        List<Boolean> answers =
                List.of("10.9.9.9", "::ffff:10.9.9.9", "2001:db8::9", "192.0.2.1", "2001:db9::1").stream()
                        .map(client -> find(ALICE, null, null, client, NOON, grant) instanceof Grants.Answer.Granted)
                        .toList();

        // Then
        assertEquals(List.of(true, true, true, false, false), answers);
    }

    @ParameterizedTest
    @CsvSource({
        ",        ,        own,   app",
        "own,     app,     own,   app",
        "batch,   ,        batch, app",
        ",        reports, own,   reports",
        "root,    ,        ,",
        ",        secrets, ,",
        "OWN,     ,        ,"
    })
    @DisplayName("for the target's own account and database and those that it lists")
    void accountsAndDatabases(
            @Nullable String account,
            @Nullable String database,
            @Nullable String givenAccount,
            @Nullable String givenDatabase) {
        // Given
        Grant grant = SampleGrant.named("report").grant();

        // When
        Grants.Answer answer = find(ALICE, account, database, "127.0.0.1", NOON, grant);

        // Then
        if (givenAccount == null) {
            assertInstanceOf(Grants.Answer.None.class, answer);
        } else {
            Grants.Answer.Granted granted = assertInstanceOf(Grants.Answer.Granted.class, answer);
            assertEquals(
                    Arrays.asList(givenAccount, givenDatabase), Arrays.asList(granted.account(), granted.database()));
        }
    }

    @Test
    @DisplayName("in the configuration's order: the first whose conditions hold decides")
    void order() {
        // Given
        Grant over = SampleGrant.named("over").until(NOON).grant();
        Grant first = SampleGrant.named("first").grant();
        Grant second = SampleGrant.named("second").grant();

        // When
        Grants.Answer answer = find(NOON, over, first, second);

        // Then
        assertEquals(
                "first",
                assertInstanceOf(Grants.Answer.Granted.class, answer).grant().name());
    }

    @Test
    @DisplayName("or not, and then operators read what stood in the way of each")
    void reasons() {
        // Given
        Grant over = SampleGrant.named("over").until(NOON).grant();
        Grant elsewhere = SampleGrant.named("elsewhere").from("10.0.0.0/8").grant();
        Grant others = SampleGrant.named("others")
                .to(new Who("demo", Set.of("bob"), Set.of(), Map.of()))
                .grant();

        // When
        Grants.Answer answer = find(NOON, over, elsewhere, others);

        // Then
        assertEquals(
                "grant over: expired at 2027-01-05T12:00:00Z; grant elsewhere: client 127.0.0.1 is in none of its networks;"
                        + " grant others: sub is 'alice', expected 'bob'",
                assertInstanceOf(Grants.Answer.None.class, answer).reason());
    }

    private static boolean finds(Who who, Principal principal) {
        Grant grant = SampleGrant.named("report").to(who).grant();
        return find(principal, null, null, "127.0.0.1", NOON, grant) instanceof Grants.Answer.Granted;
    }

    private static Grants.Answer find(Instant now, Grant... grants) {
        return find(ALICE, null, null, "127.0.0.1", now, grants);
    }

    private static Grants.Answer find(
            Principal who,
            @Nullable String account,
            @Nullable String database,
            String client,
            Instant now,
            Grant... grants) {
        InetAddress address = DoorWorld.address(client).getAddress();
        return new Grants(Arrays.asList(grants))
                .find(new Grants.Request(who, "app", "own", account, "app", database, address), now);
    }

    private static Principal principal(String issuer, String subject, Set<String> groups, Map<String, String> claims) {
        return new Principal(issuer, subject, subject, groups, claims, null);
    }
}
