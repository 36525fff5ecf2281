package io.sallyport.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.api.principal.Principal;
import io.sallyport.plugin.PluginCatalog;
import io.sallyport.policy.Explanation.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An explanation")
class AgreementTest {

    private static final int POLICIES = 20;
    private static final int REQUESTS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    @DisplayName(
            "says what a session's submit answers, for policies and requests of all kinds, one reloaded over the other")
    void agrees(@TempDir Path directory) throws Exception {
        Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);
        try (TokenIssuer issuer = new TokenIssuer();
                RunningGateway gateway = new RunningGateway(write(directory, new RandomPolicy(0), issuer))) {
            for (long seed = 1; seed <= POLICIES; seed++) {
                // Given
                RandomPolicy policy = new RandomPolicy(seed);
                Path file = write(directory, policy, issuer);
                gateway.reload();

                // When / Then
                compare(policy, issuer, file, gateway, seen);
            }
        }
        for (Outcome outcome : Outcome.values()) {
            assertTrue(seen.getOrDefault(outcome, 0) > 20, () -> "too few of " + outcome + ": " + seen);
        }
    }

    private static Path write(Path directory, RandomPolicy policy, TokenIssuer issuer) throws IOException {
        return Files.writeString(directory.resolve("sallyport.yaml"), policy.configuration(issuer.url()));
    }

    private static void compare(
            RandomPolicy policy, TokenIssuer issuer, Path file, RunningGateway gateway, Map<Outcome, Integer> seen)
            throws Exception {
        try (PolicyBook book = PolicyBook.open(file, PluginCatalog.of(new TalkingPlugin()));
                Explainer explainer = new Explainer(book)) {
            for (int i = 0; i < REQUESTS; i++) {
                RandomPolicy.Request request = policy.request(issuer);
                RunningGateway.Answer answer = gateway.ask(issuer.token(request.claims()), request);
                Explanation explanation = explainer.explain(asked(book, request));
                assertEquals(
                        expected(explanation, answer),
                        answer,
                        () -> request + " under\n" + read(file) + "\n" + explanation);
                assertPlausible(explanation);
                seen.merge(answer.verdict(), 1, Integer::sum);
            }
        }
    }

    private static Asked asked(PolicyBook book, RandomPolicy.Request request) throws JsonProcessingException {
        String claims = JSON.writeValueAsString(request.claims());
        Principal principal = new Askers(book.configuration()).read(claims, null, List.of());
        return new Asked(
                principal,
                request.target(),
                request.account(),
                request.database(),
                InetAddress.getLoopbackAddress(),
                Instant.now(),
                false,
                request.text());
    }

    /** The explanation in the words of the data path, which names a rule and a reason where it refuses. */
    private static RunningGateway.Answer expected(Explanation explanation, RunningGateway.Answer given) {
        boolean told = explanation.answers().stream()
                .anyMatch(answer ->
                        answer.verdict().equals("hold") && given.reason().equals(answer.reason()));
        boolean masked = explanation.answers().stream()
                .anyMatch(answer -> answer.verdict().equals("allow with masking"));
        return switch (explanation.verdict()) {
            case NO_ACCESS -> new RunningGateway.Answer(Outcome.NO_ACCESS, "", "", false);
            case DENY ->
                new RunningGateway.Answer(
                        Outcome.DENY, String.valueOf(explanation.rule()), explanation.reason(), false);
            case HOLD ->
                new RunningGateway.Answer(Outcome.HOLD, "", told ? given.reason() : explanation.reason(), false);
            case ALLOW -> new RunningGateway.Answer(Outcome.ALLOW, "", "", masked);
        };
    }

    /** What it tells besides the verdict fits to it. */
    private static void assertPlausible(Explanation explanation) {
        boolean admitted = explanation.grants().stream().anyMatch(grant -> grant.obstacle() == null);
        assertEquals(explanation.verdict() != Outcome.NO_ACCESS, admitted);
        if (explanation.action() != null && explanation.verdict() != Outcome.DENY) {
            assertTrue(explanation.action().accesses().stream().allMatch(reached -> reached.coveredBy() != null));
        }
        boolean objects = explanation.answers().stream()
                .anyMatch(answer -> answer.verdict().equals("deny"));
        assertTrue(!objects || explanation.verdict() == Outcome.DENY);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
