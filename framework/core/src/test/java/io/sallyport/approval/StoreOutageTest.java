package io.sallyport.approval;

import static io.sallyport.approval.ApprovalWorld.get;
import static io.sallyport.approval.ApprovalWorld.request;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.store.Store;
import io.sallyport.store.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("While the store is down")
final class StoreOutageTest {

    @Test
    @DisplayName("new requests are denied within five seconds, waiting ones after their timeout")
    void denied() throws Exception {
        // Given
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        EmbeddedPostgres server = TestDatabase.server();
        try (Store store = Store.open(TestDatabase.settings(server, "postgres"));
                Approvals approvals =
                        new Approvals(store, "gw-1", InstantSource.system(), Scheduler.on(scheduler), entry -> {})) {
            approvals.start();
            Ticket waiting = approvals.request(within(Duration.ofSeconds(2)), Runnable::run);
            get(waiting.created());

            // When
            server.close();
            long start = System.nanoTime();
            Ticket fresh = approvals.request(request(), Runnable::run);

            // Then
            CompletionException thrown = assertThrows(CompletionException.class, () -> get(fresh.created()));
            assertTrue(System.nanoTime() - start < Duration.ofSeconds(5).toNanos());
            assertTrue(String.valueOf(thrown.getMessage()).contains("approvals are unavailable"));
            assertInstanceOf(Decision.Unavailable.class, get(waiting.decision()));
        } finally {
            scheduler.shutdownNow();
            server.close();
        }
    }

    private static ApprovalRequest within(Duration timeout) {
        ApprovalRequest plain = request();
        var hold = plain.hold();
        return new ApprovalRequest(
                plain.session(),
                plain.action(),
                plain.principal(),
                plain.binding(),
                new io.sallyport.api.guardrail.Verdict.Hold(
                        hold.rule(), hold.reason(), hold.approvers(), timeout, hold.carry()),
                plain.presentation());
    }
}
