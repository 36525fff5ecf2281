package io.sallyport.ssh.target;

import io.sallyport.api.config.HostPort;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Matches the host field of a known_hosts line as OpenSSH does: against {@code host}, or {@code [host]:port} for another
 * port than 22, with {@code *}, {@code ?} and {@code !}, or as a hash.
 */
final class HostPatterns {

    private static final int USUAL_PORT = 22;
    private static final String HASH = "|1|";

    private HostPatterns() {}

    /**
     * Whether a field means a host.
     *
     * @throws IllegalArgumentException if the field is not formed as it should be
     */
    static boolean match(String field, HostPort host) {
        String name = host.host().toLowerCase(Locale.ROOT);
        String text = host.port() == USUAL_PORT ? name : "[" + name + "]:" + host.port();
        if (field.startsWith(HASH)) {
            return hashed(field.substring(HASH.length()), text);
        }
        boolean matches = false;
        for (String pattern : field.toLowerCase(Locale.ROOT).split(",", -1)) {
            boolean negated = pattern.startsWith("!");
            if (glob(negated ? pattern.substring(1) : pattern, text)) {
                if (negated) {
                    return false;
                }
                matches = true;
            }
        }
        return matches;
    }

    private static boolean hashed(String saltAndHash, String text) {
        int bar = saltAndHash.indexOf('|');
        if (bar < 0) {
            throw new IllegalArgumentException("a hashed name has a salt and a hash");
        }
        byte[] salt = Base64.getDecoder().decode(saltAndHash.substring(0, bar));
        byte[] hash = Base64.getDecoder().decode(saltAndHash.substring(bar + 1));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(salt, "HmacSHA1"));
            return MessageDigest.isEqual(hash, mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a hashed name cannot be read", e);
        }
    }

    /** Wildcards, in time linear in both but for the last star. */
    private static boolean glob(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
