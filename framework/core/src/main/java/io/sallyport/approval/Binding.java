package io.sallyport.approval;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What an approval is bound to besides its principal: it releases an action with exactly this binding and no other.
 *
 * @param target the target's name
 * @param account the account on the target
 * @param database the database on the target, where there is one
 * @param digest the SHA-256 of everything that fixes what runs, in lower-case hexadecimal
 */
public record Binding(
        String target, String account, @Nullable String database, String digest) {

    /** Checks the digest's form. */
    public Binding {
        if (HexFormat.of().parseHex(digest).length != 32) {
            throw new IllegalArgumentException("a digest has 32 bytes");
        }
    }

    /** A binding to a digest of 32 bytes. */
    public static Binding of(String target, String account, @Nullable String database, byte[] digest) {
        return new Binding(target, account, database, HexFormat.of().formatHex(digest));
    }
}
