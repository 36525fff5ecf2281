package io.sallyport.demo.issuer;

import io.sallyport.demo.issuer.DemoIssuer.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The authorization code flow (RFC 6749 section 4.1) with PKCE (RFC 7636), method S256 only. A code is good once, for a
 * minute, and only back to loopback.
 */
final class CodeFlow {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Duration CODE_LIFE = Duration.ofMinutes(1);

    private final TokenMint mint;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Pending> codes = new ConcurrentHashMap<>();

    CodeFlow(TokenMint mint) {
        this.mint = mint;
    }

    /** The page that asks for a name. */
    Reply page(Map<String, String> request) {
        String problem = problem(request);
        if (!problem.isEmpty()) {
            return Reply.html(400, "<p>" + problem);
        }
        StringBuilder buttons = new StringBuilder("<h1>Who are you?</h1><form method=post>");
        for (String id : Person.ids()) {
            buttons.append("<p><button name=name value=")
                    .append(id)
                    .append('>')
                    .append(id)
                    .append("</button>");
        }
        return Reply.html(200, buttons.append("</form>").toString());
    }

    /** The answer to the page: back to where the browser came from, with a code. */
    Reply login(Map<String, String> request, Map<String, String> form) {
        String problem = problem(request);
        Person person = Person.named(form.getOrDefault("name", "")).orElse(null);
        if (!problem.isEmpty() || person == null) {
            return Reply.html(400, "<p>" + (problem.isEmpty() ? "Nobody has that name." : problem));
        }
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        codes.values().removeIf(Pending::expired);
        codes.put(code, new Pending(person, request, Instant.now().plus(CODE_LIFE)));
        String redirect = request.getOrDefault("redirect_uri", "");
        String separator = redirect.contains("?") ? "&" : "?";
        return Reply.redirect(
                redirect + separator + "code=" + code + "&state=" + Form.encode(request.getOrDefault("state", "")));
    }

    /** Exchanges a code for a token. */
    Reply token(Map<String, String> form) {
        Pending pending = codes.remove(form.getOrDefault("code", ""));
        boolean granted = form.getOrDefault("grant_type", "").equals("authorization_code")
                && pending != null
                && !pending.expired()
                && pending.matches(form);
        if (pending == null || !granted) {
            return Reply.json(400, "{\"error\":\"invalid_grant\"}");
        }
        String token = mint.token(pending.person, pending.request.get("nonce"));
        return Reply.json(
                200,
                "{\"access_token\":\"%1$s\",\"id_token\":\"%1$s\",\"token_type\":\"Bearer\",\"expires_in\":%2$d}"
                        .formatted(token, TokenMint.LIFE.toSeconds()));
    }

    private static String problem(Map<String, String> request) {
        if (!request.getOrDefault("response_type", "").equals("code")) {
            return "Only response_type=code is known here.";
        }
        if (!request.getOrDefault("code_challenge_method", "").equals("S256")
                || request.getOrDefault("code_challenge", "").isEmpty()) {
            return "A code_challenge with code_challenge_method=S256 is needed.";
        }
        return loopback(request.getOrDefault("redirect_uri", "")) ? "" : "The redirect_uri must be on this machine.";
    }

    private static boolean loopback(String redirect) {
        try {
            URI uri = URI.create(redirect);
            String host = uri.getHost();
            return host != null && LOOPBACK.contains(host) && uri.getRawUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * A code that was given out.
     *
     * @param person who logged in
     * @param request the authorization request
     * @param end when the code expires
     */
    private record Pending(Person person, Map<String, String> request, Instant end) {

        boolean expired() {
            return Instant.now().isAfter(end);
        }

        boolean matches(Map<String, String> form) {
            return form.getOrDefault("redirect_uri", "").equals(request.getOrDefault("redirect_uri", ""))
                    && form.getOrDefault("client_id", "").equals(request.getOrDefault("client_id", ""))
                    && challenge(form.getOrDefault("code_verifier", "")).equals(request.get("code_challenge"));
        }

        private static String challenge(String verifier) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
                return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }
}
