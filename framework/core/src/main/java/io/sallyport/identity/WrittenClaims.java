package io.sallyport.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.api.principal.Principal;
import java.nio.charset.StandardCharsets;

/**
 * Claims that a person writes for a tool that explains policy: nobody has signed them. They are read by the same code as a
 * verified token's, but for what proves a token: audience, times and signature.
 */
public final class WrittenClaims {

    private WrittenClaims() {}

    /**
     * The principal that a token of the issuer with these claims would make.
     *
     * @param json the claims, a JSON object
     * @throws IllegalArgumentException with the reason why such a token would be refused
     */
    public static Principal principal(String json, IssuerSettings issuer) {
        try {
            JsonNode claims = TokenText.json(json.getBytes(StandardCharsets.UTF_8), "text of the claims");
            ClaimChecks.checkRequired(claims, issuer);
            return Principals.of(claims, issuer);
        } catch (RejectedException e) {
            throw new IllegalArgumentException(
                    "a token of issuer " + issuer.name() + " with these claims is refused: " + e.reason(), e);
        }
    }
}
