package io.sallyport.conformance.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.api.credential.Credential;
import io.sallyport.conformance.core.Patience;
import io.sallyport.conformance.credential.CredentialSourceHarness.Behaviour;
import io.sallyport.conformance.harness.Because;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Clauses about credentials that are lent and taken back. */
abstract class LeaseClauses {

    abstract CredentialSourceHarness harness();

    private SourceStage lending() {
        SourceStage stage = new SourceStage(harness());
        if (!stage.harness().lends()) {
            stage.close();
        }
        assumeTrue(stage.harness().lends(), "it says that it lends nothing");
        return stage;
    }

    @Test
    @DisplayName("C-13 each session's lease is its own")
    @Because("Two sessions with one lease end together, and the target cannot tell them apart.")
    void own() throws Exception {
        try (SourceStage stage = lending()) {
            stage.ask();
            stage.ask();
            assertEquals(2, stage.harness().lent());
        }
    }

    @Test
    @DisplayName("C-14 the end of a session gives its lease back")
    @Because("A credential that outlives its session is one that somebody else may use.")
    void givenBack() throws Exception {
        try (SourceStage stage = lending()) {
            Credential credential = stage.ask();
            credential.close();
            Patience.await("the lease is given back", () -> stage.harness().lent() == 0);
        }
    }

    @Test
    @DisplayName("C-15 a lease that cannot be given back now is given back later")
    @Because("A vault that is away for a moment must not leave credentials behind.")
    void later() throws Exception {
        try (SourceStage stage = lending()) {
            Credential credential = stage.ask();
            stage.harness().server(Behaviour.DOWN);
            int before = stage.harness().requests();
            credential.close();
            boolean tried =
                    Patience.within(Patience.signal(), () -> stage.harness().requests() > before);
            assumeTrue(tried, "the clause before this one is broken");
            stage.harness().server(Behaviour.UP);
            Patience.await("the lease is given back", () -> stage.harness().lent() == 0);
        }
    }

    @Test
    @DisplayName("C-16 giving back keeps nobody waiting")
    @Because("A session ends on the thread that carries the traffic of others.")
    void atOnce() throws Exception {
        try (SourceStage stage = lending()) {
            Credential credential = stage.ask();
            stage.harness().server(Behaviour.SILENT);
            AtomicBoolean done = new AtomicBoolean();
            SourceStage.thread(() -> {
                credential.close();
                done.set(true);
            });
            try {
                Patience.await("the session's end goes on", done::get);
            } finally {
                stage.harness().server(Behaviour.UP);
            }
        }
    }

    @Test
    @DisplayName("C-17 no credential outlives its lease in the source")
    @Because("What was taken back opens no new session, whether the server answers or not.")
    void notKept() throws Exception {
        try (SourceStage stage = lending()) {
            stage.ask().close();
            stage.harness().server(Behaviour.DOWN);
            assertThrows(Exception.class, stage::ask, "it gave a credential that it had kept");
            stage.harness().server(Behaviour.UP);
        }
    }

    @Test
    @DisplayName("C-18 what the server has ended stands no longer")
    @Because("A session ends with its credential, and the source is who knows.")
    void ended() throws Exception {
        try (SourceStage stage = lending()) {
            Credential credential = stage.ask();
            assertTrue(credential.standing() && credential.fresh(), "it is over before it began");
            stage.harness().end();
            Patience.await("the credential is over", () -> !credential.standing());
        }
    }

    @Test
    @DisplayName("C-19 what stands no longer opens no session")
    @Because("A target that still accepts it would let a session in that is over already.")
    void notFresh() throws Exception {
        try (SourceStage stage = lending()) {
            Credential credential = stage.ask();
            stage.harness().end();
            boolean over = Patience.within(Patience.signal(), () -> !credential.standing());
            assumeTrue(over, "the clause before this one is broken");
            assertFalse(credential.fresh(), "it is fresh and over");
        }
    }

    @Test
    @DisplayName("C-20 the end of the source gives everything back")
    @Because("A gateway that stops leaves no credential behind.")
    void stop() throws Exception {
        try (SourceStage stage = lending()) {
            stage.ask();
            stage.ask();
            stage.source().close();
            Patience.await("all leases are given back", () -> stage.harness().lent() == 0);
        }
    }
}
