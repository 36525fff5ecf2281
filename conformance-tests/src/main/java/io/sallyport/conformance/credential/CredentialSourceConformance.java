package io.sallyport.conformance.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential;
import io.sallyport.conformance.core.Patience;
import io.sallyport.conformance.credential.CredentialSourceHarness.Behaviour;
import io.sallyport.conformance.harness.Because;
import io.sallyport.conformance.harness.Declarations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every credential source keeps to. A plugin's test extends this class with its harness. */
public abstract class CredentialSourceConformance {

    /** A harness of its own for each clause, with a server that answers. */
    protected abstract CredentialSourceHarness harness();

    /** Of what is lent. */
    @Nested
    class Leases extends LeaseClauses {
        @Override
        CredentialSourceHarness harness() {
            return CredentialSourceConformance.this.harness();
        }
    }

    @Test
    @DisplayName("C-01 its type is a word of the configuration")
    @Because(Declarations.WORD)
    void type() {
        try (SourceStage stage = new SourceStage(harness())) {
            String type = stage.harness().factory().type();
            Declarations.assertWord(type);
        }
    }

    @Test
    @DisplayName("C-02 its configuration and a target's keys are public records")
    @Because("The core binds the records from outside of the plugin's jar, and a record is what it can bind and check.")
    void configuration() {
        try (SourceStage stage = new SourceStage(harness())) {
            for (Class<?> type : List.of(
                    stage.harness().factory().configType(),
                    stage.harness().factory().requestType())) {
                Declarations.assertPublicRecord(type);
            }
        }
    }

    @Test
    @DisplayName("C-03 making it asks nobody")
    @Because("The gateway starts whether its vault answers or not, and a check of the configuration touches nothing.")
    void making() {
        try (SourceStage stage = new SourceStage(harness())) {
            int before = stage.harness().requests();
            stage.source();
            assertEquals(before, stage.harness().requests(), "it asked its server while it was made");
        }
    }

    @Test
    @DisplayName("C-04 a credential has something in each of its parts")
    @Because("An empty secret is a login without one.")
    void parts() throws Exception {
        try (SourceStage stage = new SourceStage(harness())) {
            Credential credential = stage.ask();
            assertFalse(credential.kinds().isEmpty(), "it has no part");
            for (Credential.Part part : credential.kinds()) {
                assertFalse(text(credential, part).isEmpty(), () -> part + " is empty");
            }
        }
    }

    @Test
    @DisplayName("C-05 closing one session's credential leaves the others'")
    @Because("The end of a session wipes its secrets, and must not wipe those of a session that goes on.")
    void independent() throws Exception {
        try (SourceStage stage = new SourceStage(harness())) {
            Credential first = stage.ask();
            Credential second = stage.ask();
            Map<Credential.Part, String> before = texts(second);
            first.close();
            assertEquals(before, texts(second));
        }
    }

    @Test
    @DisplayName("C-06 it can be asked by several threads at once")
    @Because("Sessions open at the same time, and one that is slow must not refuse the others.")
    void concurrent() throws Exception {
        try (SourceStage stage = new SourceStage(harness())) {
            stage.source();
            List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
            SourceStage.together(8, () -> {
                try {
                    stage.ask();
                } catch (Exception e) {
                    failures.add(e);
                }
            });
            assertEquals(List.of(), failures);
        }
    }

    @Test
    @DisplayName("C-07 nothing that it prints shows a secret")
    @Because("What can be printed ends up in a log.")
    void printing() throws Exception {
        try (SourceStage stage = new SourceStage(harness())) {
            Credential credential = stage.ask();
            List<String> secrets = new ArrayList<>(stage.harness().secrets());
            for (Credential.Part part : credential.kinds()) {
                if (part != Credential.Part.USE) {
                    secrets.add(text(credential, part));
                }
            }
            secrets.removeIf(String::isEmpty);
            String printed =
                    credential + " " + stage.source() + " " + stage.harness().config();
            secrets.forEach(secret -> assertFalse(printed.contains(secret), () -> "printed: " + printed));
        }
    }

    @Test
    @DisplayName("C-08 what cannot be had is refused with words for the operator")
    @Because("The operator finds the reason in the log, and nowhere else.")
    void refusal() {
        try (SourceStage stage = new SourceStage(harness())) {
            stage.harness().server(Behaviour.DOWN);
            Exception refusal = assertThrows(Exception.class, stage::ask);
            assertTrue(refusal.getMessage() != null && !refusal.getMessage().isBlank(), "it says nothing");
        }
    }

    @Test
    @DisplayName("C-09 a refusal shows no secret")
    @Because("Its words go to the log.")
    void quietRefusal() {
        try (SourceStage stage = new SourceStage(harness())) {
            stage.harness().server(Behaviour.DOWN);
            Exception refusal = assertThrows(Exception.class, stage::ask);
            for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
                String said = String.valueOf(cause);
                stage.harness()
                        .secrets()
                        .forEach(secret -> assertFalse(said.contains(secret), () -> "it says " + said));
            }
        }
    }

    @Test
    @DisplayName("C-10 after a refusal it gives again when the server does")
    @Because("Nobody restarts a gateway because its vault was away for a moment.")
    void recovers() {
        try (SourceStage stage = new SourceStage(harness())) {
            stage.harness().server(Behaviour.DOWN);
            assertThrows(Exception.class, stage::ask);
            stage.harness().server(Behaviour.UP);
            Patience.await("it gives a credential", () -> {
                try {
                    return !stage.ask().kinds().isEmpty();
                } catch (Exception e) {
                    return false;
                }
            });
        }
    }

    @Test
    @DisplayName("C-11 a credential for another account than was asked for is not given")
    @Because("The grant allows an account, and the record names it.")
    void account() {
        try (SourceStage stage = new SourceStage(harness())) {
            Credential credential;
            try {
                credential = stage.ask("somebody-else");
            } catch (Exception e) {
                return;
            }
            assertTrue(
                    credential.account() == null || "somebody-else".equals(credential.account()),
                    () -> "it gave " + credential.account());
        }
    }

    @Test
    @DisplayName("C-12 two sources of one factory are independent")
    @Because("One configuration may have several entries of a type, and the end of one must not end the other.")
    void sources() throws Exception {
        try (SourceStage stage = new SourceStage(harness())) {
            var first = stage.make();
            var second = stage.source();
            assertNotEquals(System.identityHashCode(first), System.identityHashCode(second), "it is one instance");
            first.close();
            assertFalse(stage.ask().kinds().isEmpty(), "it gives nothing");
        }
    }

    private static Map<Credential.Part, String> texts(Credential credential) {
        Map<Credential.Part, String> texts = new EnumMap<>(Credential.Part.class);
        credential.kinds().forEach(part -> texts.put(part, text(credential, part)));
        return texts;
    }

    private static String text(Credential credential, Credential.Part part) {
        Secret secret = credential.part(part);
        assertNotNull(secret, () -> "no " + part);
        return Objects.requireNonNull(secret).reveal();
    }
}
