package io.sallyport.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.credential.CredentialRequest;
import io.sallyport.api.principal.Principal;
import io.sallyport.approval.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A credential that sessions share")
class SharedCredentialsTest {

    private static final Duration REUSE = Duration.ofMinutes(5);
    private static final Record OPTIONS = new StaticCredential("app", null, null, null, null);

    private final VirtualTime time = new VirtualTime();
    private final List<String> given = new ArrayList<>();
    private final List<String> back = new ArrayList<>();
    private boolean fresh = true;
    private boolean absent;
    private final SharedCredentials credentials =
            new SharedCredentials(new Credentials(Runnable::run, Duration.ofSeconds(10)), time);

    @Test
    @DisplayName("is fetched once for the sessions of one principal, and given back when the last of them ends")
    void shared() {
        // Given
        Credential first = fetch("alice", null, REUSE);
        Credential second = fetch("alice", null, REUSE);

        // When
        first.close();
        List<String> afterFirst = List.copyOf(back);
        String stillThere = password(second);
        second.close();

        // Then
        assertEquals(List.of("role-1"), given);
        assertEquals(List.of(), afterFirst);
        assertEquals("role-1", stillThere);
        assertEquals(List.of("role-1"), back);
    }

    @Test
    @DisplayName("is not shared with another principal, nor with another account")
    void apart() {
        // When
        fetch("alice", null, REUSE);
        fetch("bob", null, REUSE);
        fetch("alice", "deploy", REUSE);

        // Then
        assertEquals(List.of("role-1", "role-2", "role-3"), given);
    }

    @Test
    @DisplayName("is not shared where the target does not say so")
    void notShared() {
        // When
        fetch("alice", null, null);
        fetch("alice", null, null);

        // Then
        assertEquals(List.of("role-1", "role-2"), given);
    }

    @Test
    @DisplayName("is joined within its time only; the earlier one is given back when its own sessions have ended")
    void within() {
        // Given
        Credential early = fetch("alice", null, REUSE);
        time.advance(REUSE.minusMillis(1));
        Credential joined = fetch("alice", null, REUSE);
        time.advance(Duration.ofMillis(1));

        // When
        Credential late = fetch("alice", null, REUSE);
        early.close();
        joined.close();

        // Then
        assertEquals("role-1", given.get(0));
        assertEquals("role-2", password(late));
        assertEquals(List.of("role-1"), back);
    }

    @Test
    @DisplayName("is not joined when its lease is over")
    void over() {
        // Given
        fetch("alice", null, REUSE);
        fresh = false;

        // When
        fetch("alice", null, REUSE);

        // Then
        assertEquals(List.of("role-1", "role-2"), given);
    }

    @Test
    @DisplayName("that could not be fetched is asked for again by the next session")
    void failure() {
        // Given
        absent = true;
        assertThrows(CompletionException.class, () -> fetch("alice", null, REUSE));
        absent = false;

        // When
        Credential second = fetch("alice", null, REUSE);

        // Then
        assertEquals("role-1", password(second));
    }

    private Credential fetch(String subject, @Nullable String account, @Nullable Duration reuse) {
        Principal principal = new Principal("demo", subject, subject, Set.of(), Map.of(), null);
        CredentialRequest request = new CredentialRequest(principal, "app", account, "session", OPTIONS);
        return await(credentials
                .fetch(new Target.Supply(this::role, OPTIONS, reuse), request)
                .toCompletableFuture());
    }

    private Credential role(CredentialRequest request) {
        if (absent) {
            throw new IllegalStateException("sealed");
        }
        String name = "role-" + (given.size() + 1);
        given.add(name);
        return Credential.leased(name, Map.of(Credential.Part.PASSWORD, Secret.of(name)), new Credential.Lease() {
            @Override
            public void giveBack() {
                back.add(name);
            }

            @Override
            public boolean fresh() {
                return fresh;
            }
        });
    }

    private static String password(Credential credential) {
        Secret secret = credential.part(Credential.Part.PASSWORD);
        return secret == null ? "" : secret.reveal();
    }

    private static Credential await(CompletableFuture<Credential> stage) {
        return stage.orTimeout(10, TimeUnit.SECONDS).join();
    }
}
