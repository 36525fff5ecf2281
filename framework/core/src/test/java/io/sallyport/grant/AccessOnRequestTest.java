package io.sallyport.grant;

import static io.sallyport.approval.ApprovalWorld.ALICE;
import static io.sallyport.approval.ApprovalWorld.BOB;
import static io.sallyport.approval.ApprovalWorld.get;
import static io.sallyport.session.SessionWorld.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.principal.Principal;
import io.sallyport.api.session.Sessions;
import io.sallyport.approval.ApprovalWorld;
import io.sallyport.approval.access.AccessView;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.RecordJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A grant that comes into force on request")
class AccessOnRequestTest {

    private static final Principal STRANGER = ApprovalWorld.person("eve", "guests");

    private DoorWorld world;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        world = new DoorWorld(
                directory,
                SampleGrant.named("on-call").on(SampleGrant.approvedBy(1)).grant(),
                SampleGrant.named("emergency").on(SampleGrant.breakGlass()).grant());
    }

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    @Test
    @DisplayName("admits nobody before that, and tells whom it names how to ask")
    void before() {
        // When
        Sessions.Opening.Refused named = refused(ALICE);
        Sessions.Opening.Refused stranger = refused(STRANGER);

        // Then
        assertEquals(
                "access to target 'app' has to be asked for: sallyport access request --grant on-call --for TIME"
                        + " --reason TEXT",
                named.reason());
        assertTrue(stranger.reason().startsWith("no access to target 'app' as asked for"), stranger.reason());
    }

    @Test
    @DisplayName(
            "APPR-04 admits within the approved time alone, counted from the yes: a session that was opened before goes on"
                    + " at 9:59 of ten minutes and is cut by 10:01")
    void within() {
        // Given
        AccessDesk.Ask ask = new AccessDesk.Ask("on-call", Duration.ofMinutes(10), "a page at night", null);
        String id = get(world.desk.ask(ALICE, ask)).id();
        advance(Duration.ofMinutes(5));
        refused(ALICE);
        get(world.access.decide(id, BOB, true, ""));
        assertInstanceOf(Sessions.Opening.Opened.class, join(world.open(ALICE)));

        // When
        advance(Duration.ofMinutes(10).minusSeconds(1));
        List<String> early = endings();
        Sessions.Opening late = join(world.open(ALICE));
        advance(Duration.ofSeconds(2));

        // Then
        assertEquals(List.of(), early);
        assertInstanceOf(Sessions.Opening.Opened.class, late);
        String reason = "the session is over: the time of access " + id + " is over";
        assertEquals(List.of(reason, reason), endings());
        refused(ALICE);
    }

    @Test
    @DisplayName("does not admit once the access is ended, and says in the record on what a session stood")
    void ended() {
        // Given
        String id = ask(ALICE, "on-call", null).id();
        get(world.access.decide(id, BOB, true, ""));
        assertInstanceOf(Sessions.Opening.Opened.class, join(world.open(ALICE)));

        // When
        get(world.access.revoke(id, BOB, false, "enough"));

        // Then
        refused(ALICE);
        assertTrue(opened().contains("\"access\":\"" + id + "\""), opened());
    }

    @Test
    @DisplayName("does not admit while its store is away, whatever was approved before")
    void storeAway() {
        // Given
        String id = ask(ALICE, "on-call", null).id();
        get(world.access.decide(id, BOB, true, ""));

        // When
        world.sessions.approvals.store.close();
        world.sessions.approvals.time.advance(Duration.ofSeconds(6));

        // Then
        Sessions.Opening.Refused refused = refused(ALICE);
        assertEquals(Sessions.Cause.UNAVAILABLE, refused.cause());
        assertTrue(refused.reason().contains("its store is away; try again later"), refused.reason());
    }

    @Test
    @DisplayName("without approval, with break-glass: a reason and a ticket open it, and its sessions are marked")
    void breakGlass() {
        // Given
        assertThrows(IllegalArgumentException.class, () -> ask(ALICE, "emergency", null));
        refused(ALICE);

        // When
        AccessView view = ask(ALICE, "emergency", "INC-7");

        // Then
        assertInstanceOf(Sessions.Opening.Opened.class, join(world.open(ALICE)));
        assertTrue(opened().contains("\"access\":\"" + view.id() + "\",\"break-glass\":true"), opened());
    }

    @Test
    @DisplayName("can be asked for by whom it names, for its longest time at most, with a reason")
    void asking() {
        // When
        List<String> reasons = List.of(
                why(STRANGER, new AccessDesk.Ask("on-call", Duration.ofHours(1), "x", null)),
                why(ALICE, new AccessDesk.Ask("nothing", Duration.ofHours(1), "x", null)),
                why(ALICE, new AccessDesk.Ask("on-call", Duration.ofHours(3), "x", null)),
                why(ALICE, new AccessDesk.Ask("on-call", Duration.ofSeconds(59), "x", null)),
                why(ALICE, new AccessDesk.Ask("on-call", Duration.ofHours(1), " ", null)),
                why(ALICE, new AccessDesk.Ask("on-call", Duration.ofHours(1), "x".repeat(2_001), null)));

        // Then
        assertEquals(
                List.of(
                        "there is no grant on-call that you could ask for",
                        "there is no grant nothing that you could ask for",
                        "grant on-call can be asked for from a minute to PT2H, not for PT3H",
                        "grant on-call can be asked for from a minute to PT2H, not for PT59S",
                        "a reason has 1 to 2000 characters",
                        "a reason has 1 to 2000 characters"),
                reasons);
        assertEquals(0, world.acts.size());
    }

    private String why(Principal who, AccessDesk.Ask ask) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> world.desk.ask(who, ask))
                .getMessage());
    }

    private AccessView ask(Principal who, String grant, @Nullable String ticket) {
        return get(world.desk.ask(who, new AccessDesk.Ask(grant, Duration.ofHours(1), "a page at night", ticket)));
    }

    private Sessions.Opening.Refused refused(Principal who) {
        return assertInstanceOf(Sessions.Opening.Refused.class, join(world.open(who)));
    }

    private void advance(Duration time) {
        world.sessions.approvals.time.advance(time);
        get(world.access.look());
        world.sessions.room.tick();
        world.sessions.run(() -> {});
    }

    private List<String> endings() {
        return world.endings.stream().map(Sessions.Ending::reason).toList();
    }

    private String opened() {
        List<JournalRecord> records = world.sessions.records();
        return records.stream()
                .filter(record ->
                        Set.of("session-opened").contains(record.type().label()))
                .map(RecordJson::line)
                .findFirst()
                .orElse("");
    }
}
