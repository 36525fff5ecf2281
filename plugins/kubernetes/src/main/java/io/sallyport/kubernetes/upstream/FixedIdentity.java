package io.sallyport.kubernetes.upstream;

import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.credential.Credential.Part;
import io.sallyport.api.principal.Principal;
import io.sallyport.kubernetes.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The credential's own name, or the principal's by impersonation. A user or group that is impersonated begins with the
 * issuer's name and a colon, so that no issuer can name {@code system:masters}.
 */
public final class FixedIdentity implements Identity {

    private final Headers fields;

    private FixedIdentity(Headers fields) {
        this.fields = fields;
    }

    /** The credential's own name. */
    public static FixedIdentity direct(Credential credential) {
        return new FixedIdentity(bearer(credential));
    }

    /** The principal's name. */
    public static FixedIdentity impersonating(Credential credential, Principal principal, String session) {
        Headers fields = bearer(credential);
        fields.add("impersonate-user", escaped(principal.issuer() + ":" + principal.subject()));
        principal.groups().stream()
                .sorted()
                .forEach(group -> fields.add("impersonate-group", escaped(principal.issuer() + ":" + group)));
        fields.add("impersonate-extra-sallyport-issuer", escaped(principal.issuer()));
        fields.add("impersonate-extra-sallyport-subject", escaped(principal.subject()));
        fields.add("impersonate-extra-sallyport-session", escaped(session));
        return new FixedIdentity(fields);
    }

    private static Headers bearer(Credential credential) {
        Headers fields = new Headers();
        Secret token = credential.part(Part.TOKEN);
        if (token != null) {
            fields.add("authorization", "Bearer " + token.reveal());
        }
        return fields;
    }

    /** Percent-encodes what a header cannot carry, and the percent sign itself. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b <= ' ' || b == 0x7f || b == '%') {
                escaped.append(String.format("%%%02X", b & 0xff));
            } else {
                escaped.append((char) b);
            }
        }
        return escaped.toString();
    }

    @Override
    public @Nullable Headers fields() {
        return fields;
    }

    @Override
    public CompletionStage<Headers> renew() {
        return CompletableFuture.completedFuture(fields);
    }

    @Override
    public boolean renewable() {
        return false;
    }

    @Override
    public void close() {
        // The fields go with the session.
    }
}
