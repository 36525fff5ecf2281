package io.sallyport.demo.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Signs tokens for the demo's people with RS256. Safe for several threads. */
public final class TokenMint {

    /** How long a token is good. */
    public static final Duration LIFE = Duration.ofHours(8);

    private final String issuer;
    private final RSAKey key;

    private TokenMint(String issuer, RSAKey key) {
        this.issuer = issuer;
        this.key = key;
    }

    /** A mint with a key of its own. */
    public static TokenMint create(String issuer) {
        try {
            RSAKey key = new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
            return new TokenMint(issuer, key);
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK makes RSA keys", e);
        }
    }

    /**
     * The mint that a running demo has saved.
     *
     * @throws IOException if there is none in the file
     */
    public static TokenMint load(Path file) throws IOException {
        String text = Files.readString(file);
        int line = text.indexOf('\n');
        try {
            return new TokenMint(text.substring(0, line), RSAKey.parse(text.substring(line + 1)));
        } catch (ParseException | IndexOutOfBoundsException e) {
            throw new IOException(file + " is not an issuer's key", e);
        }
    }

    /** Saves issuer and private key where only the file's owner can read them. */
    public void save(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, issuer + "\n" + key.toJSONString());
    }

    /** A token for the person, good from now on. */
    public String token(Person person) {
        return token(person, null);
    }

    /** The same, with the nonce of an authorization request. */
    String token(Person person, @Nullable String nonce) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(person.subject())
                .audience(person.audiences())
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .jwtID(UUID.randomUUID().toString())
                .claim("name", person.display())
                .claim("groups", person.groups());
        person.claims().forEach(claims::claim);
        if (nonce != null) {
            claims.claim("nonce", nonce);
        }
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
        SignedJWT token = new SignedJWT(header, claims.build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("the key was made for this", e);
        }
        return token.serialize();
    }

    /** The issuer's identifier, which is its URL. */
    String issuer() {
        return issuer;
    }

    /** The public keys as JSON. */
    String publicKeys() {
        return new JWKSet(key.toPublicJWK()).toString();
    }
}
