package io.sallyport.identity;

import io.sallyport.api.config.ByteSize;
import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import io.sallyport.api.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code issuers:}.
 *
 * @param name the name by which grants and principals mention the issuer
 * @param issuer the exact {@code iss} of its tokens, or a SPIFFE trust domain
 * @param audiences the {@code aud} values that are meant for the gateway
 * @param jwks where its keys are; found by OpenID Connect Discovery if null
 * @param ca the authorities that vouch for its server; the system's if null
 * @param bearer shown to its server, read anew for each request; nothing if null
 * @param display the principal's name for people
 * @param groups the claim that lists groups; principals have none if null
 * @param require claims that every token must have with exactly these values
 * @param onBehalfOf the human behind an automation; nobody if null
 * @param algorithms the signature algorithms that are accepted, never one that the token alone chooses
 * @param maxTokenSize the longest token
 * @param leeway how far clocks may differ, for {@code exp}, {@code nbf} and {@code iat} alike
 * @param maxKeyAge how long keys are trusted after they were fetched
 */
@Description("An OpenID Connect issuer whose tokens are logins.")
public record IssuerSettings(
        @Description("The name by which grants mention the issuer.")
        String name,

        @Description(
                "The exact `iss` of its tokens; or a trust domain, `spiffe://DOMAIN`, whose tokens are known by their"
                        + " `sub`.")
        String issuer,

        @Description("The `aud` values that are meant for the gateway; a token needs one of them, spelled exactly so.")
        Set<String> audiences,

        @Description("Where its keys are; found by OpenID Connect Discovery without it.") @Nullable
        URI jwks,

        @Description("A PEM file with the authorities that vouch for its server; the system's without it.") @Nullable
        Path ca,

        @Description("A bearer token for its server, by reference; read anew for each request.") @Nullable
        Supplier<Secret> bearer,

        @Description("The principal's name for people, made of claims; grants match claims.") @Default("${sub}")
        ClaimTemplate display,

        @Description("The claim that lists groups; principals have none without it.") @Nullable
        String groups,

        @Description("Claims that every token must have, with exactly these values.") @Default("{}")
        Map<String, String> require,

        @Description("The human behind an automation, made of claims: cannot approve what it asks for.") @Nullable
        ClaimTemplate onBehalfOf,

        @Description("The signature algorithms that are accepted.") @Default("[RS256, PS256, ES256, EdDSA]")
        Set<String> algorithms,

        @Description("The longest token.") @Default("16KiB") ByteSize maxTokenSize,

        @Description("How far clocks may differ, for `exp`, `nbf` and `iat` alike; five minutes at most.")
        @Default("60s")
        Duration leeway,

        @Description("How long keys are trusted after they were fetched; fifteen minutes at most.") @Default("15m")
        Duration maxKeyAge) {

    /** What API servers call themselves by default. */
    private static final Set<String> CLUSTER_AUDIENCES =
            Set.of("kubernetes", "kubernetes.default", "kubernetes.default.svc", "k3s", "rke2");

    private static final Duration LONGEST_LEEWAY = Duration.ofMinutes(5);
    private static final Duration LONGEST_KEY_AGE = Duration.ofMinutes(15);

    /** Copies the collections and refuses what would let in more than the issuer means. */
    public IssuerSettings {
        audiences = Set.copyOf(audiences);
        require = Map.copyOf(require);
        algorithms = Set.copyOf(algorithms);
        if (audiences.isEmpty()) {
            throw new IllegalArgumentException("an issuer needs an audience");
        }
        audiences.forEach(audience -> checkAudience(audience, issuer));
        checkAlgorithms(algorithms);
        checkTimes(leeway, maxKeyAge);
        checkAddresses(issuer, jwks);
    }

    /** A SPIFFE trust domain signs tokens without having an address; where its keys are must be said. */
    boolean spiffe() {
        return issuer.startsWith(SpiffeId.SCHEME);
    }

    private static void checkAddresses(String issuer, @Nullable URI jwks) {
        if (!issuer.startsWith(SpiffeId.SCHEME)) {
            checkUrl("issuer", URI.create(issuer));
        } else if (jwks == null || !SpiffeId.parse(issuer).path().isEmpty()) {
            throw new IllegalArgumentException(
                    "a SPIFFE issuer is a trust domain alone, such as spiffe://example.org, and needs jwks");
        }
        if (jwks != null) {
            checkUrl("jwks", jwks);
        }
    }

    /** An API server's audience, spelled as clusters do, whatever the address by which they are reached. */
    private static void checkAudience(String audience, String issuer) {
        String host = withoutEnds(audience);
        boolean cluster = CLUSTER_AUDIENCES.contains(host) || host.startsWith("kubernetes.default.svc.");
        if (cluster || host.equals(withoutEnds(issuer))) {
            throw new IllegalArgumentException("'" + audience + "' is the audience of the issuer's own API: every token"
                    + " for it, such as each pod's default token, would be a login; use an audience of the gateway's"
                    + " own");
        }
    }

    private static String withoutEnds(String url) {
        String text = url.toLowerCase(Locale.ROOT);
        text = text.startsWith("https://") ? text.substring("https://".length()) : text;
        text = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        return text.endsWith(":443") ? text.substring(0, text.length() - ":443".length()) : text;
    }

    private static void checkAlgorithms(Set<String> algorithms) {
        for (String algorithm : algorithms) {
            if (!Signatures.ALGORITHMS.contains(algorithm)) {
                throw new IllegalArgumentException("algorithm '" + algorithm + "' is not one of "
                        + String.join(", ", new TreeSet<>(Signatures.ALGORITHMS)));
            }
        }
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("an issuer needs an algorithm");
        }
    }

    private static void checkTimes(Duration leeway, Duration maxKeyAge) {
        if (leeway.compareTo(LONGEST_LEEWAY) > 0) {
            throw new IllegalArgumentException("leeway is at most 5m");
        }
        if (maxKeyAge.compareTo(LONGEST_KEY_AGE) > 0 || maxKeyAge.compareTo(Duration.ofSeconds(10)) < 0) {
            throw new IllegalArgumentException("max-key-age is between 10s and 15m");
        }
    }

    /** Keys that travel without TLS could be anybody's; only the loopback interface is exempt. */
    static void checkUrl(String what, URI url) {
        String host = url.getHost();
        boolean loopback = "127.0.0.1".equals(host) || "localhost".equals(host) || "[::1]".equals(host);
        boolean safe = "https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && loopback);
        if (host == null || !safe) {
            throw new IllegalArgumentException(what + " must be an https URL (http only on loopback)");
        }
    }
}
