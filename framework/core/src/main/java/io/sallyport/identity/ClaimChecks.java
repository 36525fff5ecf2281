package io.sallyport.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a token must claim to be meant for this gateway, now (RFC 7519, section 4.1). */
final class ClaimChecks {

    private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private ClaimChecks() {}

    /** Checks all of them and answers when the token expires. */
    static Instant check(JsonNode claims, IssuerSettings issuer, Set<String> audiences, Instant now)
            throws RejectedException {
        checkAudience(claims.get("aud"), audiences);
        Instant expires = time(claims, "exp");
        if (expires == null) {
            throw new RejectedException("exp is missing: a token that never expires is not accepted");
        }
        if (!now.isBefore(expires.plus(issuer.leeway()))) {
            throw new RejectedException("exp is " + expires + ", and now is " + now);
        }
        checkNotLater(claims, "nbf", issuer, now);
        checkNotLater(claims, "iat", issuer, now);
        checkRequired(claims, issuer);
        return expires;
    }

    /** Checks the claims that the issuer's entry requires. */
    static void checkRequired(JsonNode claims, IssuerSettings issuer) throws RejectedException {
        Map<String, String> texts = issuer.require().isEmpty() ? Map.of() : Claims.of(claims);
        for (Map.Entry<String, String> required : issuer.require().entrySet()) {
            checkRequired(texts.get(required.getKey()), required.getKey(), required.getValue());
        }
    }

    private static void checkAudience(@Nullable JsonNode audience, Set<String> accepted) throws RejectedException {
        Set<String> claimed = new TreeSet<>();
        if (audience != null && audience.isTextual()) {
            claimed.add(audience.textValue());
        } else if (audience != null && audience.isArray()) {
            for (JsonNode item : audience) {
                if (!item.isTextual()) {
                    throw new RejectedException("aud has an item that is not text");
                }
                claimed.add(item.textValue());
            }
        }
        if (claimed.stream().noneMatch(accepted::contains)) {
            throw new RejectedException("aud is " + RejectedException.shown(String.join(" ", claimed)) + ", expected '"
                    + String.join("' or '", new TreeSet<>(accepted)) + "'");
        }
    }

    private static void checkNotLater(JsonNode claims, String name, IssuerSettings issuer, Instant now)
            throws RejectedException {
        Instant time = time(claims, name);
        if (time != null && time.isAfter(now.plus(issuer.leeway()))) {
            throw new RejectedException(name + " is " + time + ", and now is " + now);
        }
    }

    private static void checkRequired(@Nullable String claimed, String name, String expected) throws RejectedException {
        if (!expected.equals(claimed)) {
            String shown = claimed == null ? "missing or no single value" : RejectedException.shown(claimed);
            throw new RejectedException(name + " is " + shown + ", expected '" + expected + "'");
        }
    }

    /** Whole seconds: another number is refused, not rounded. */
    private static @Nullable Instant time(JsonNode claims, String name) throws RejectedException {
        JsonNode value = claims.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new RejectedException(name + " is not a whole number of seconds");
        }
        long seconds = value.longValue();
        if (seconds <= 0 || seconds > LATEST) {
            throw new RejectedException(name + " is not a time: " + seconds);
        }
        return Instant.ofEpochSecond(seconds);
    }
}
