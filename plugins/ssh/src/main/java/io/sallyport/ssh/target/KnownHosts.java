package io.sallyport.ssh.target;

import io.sallyport.api.config.HostPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys by which one host may be known, as a known_hosts file has them (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT): plain and
 * hashed names, {@code @cert-authority} and {@code @revoked}.
 *
 * <p>A line that cannot be read is logged and skipped, unless it revokes a key.
 */
final class KnownHosts {

    private static final Logger log = LoggerFactory.getLogger(KnownHosts.class);

    private final HostPort host;
    private final List<PublicKey> keys = new ArrayList<>();
    private final List<PublicKey> authorities = new ArrayList<>();
    private final List<PublicKey> revoked = new ArrayList<>();

    private KnownHosts(HostPort host) {
        this.host = host;
    }

    static KnownHosts read(Path file, HostPort host) throws IOException {
        KnownHosts known = new KnownHosts(host);
        int number = 0;
        for (String line : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).split("\n", -1)) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && text.charAt(0) != '#') {
                try {
                    known.add(text);
                } catch (IOException | GeneralSecurityException | RuntimeException e) {
                    if (text.startsWith("@revoked")) {
                        throw new IOException(file + ":" + number + ": a revoked key cannot be read", e);
                    }
                    log.warn("{}:{}: this line is skipped: {}", file, number, e.getMessage());
                }
            }
        }
        return known;
    }

    private void add(String line) throws IOException, GeneralSecurityException {
        String[] fields = line.replace('\t', ' ').split(" ", -1);
        List<String> words =
                Arrays.stream(fields).filter(word -> !word.isEmpty()).toList();
        boolean marked = words.get(0).startsWith("@");
        int first = marked ? 1 : 0;
        if (words.size() < first + 3) {
            throw new IOException("a line has a host, a type and a key");
        }
        List<PublicKey> kind = marked ? kind(words.get(0)) : keys;
        if (!HostPatterns.match(words.get(first), host)) {
            return;
        }
        PublicKey key = PublicKeyEntry.parsePublicKeyEntry(words.get(first + 1) + " " + words.get(first + 2))
                .resolvePublicKey(null, null, PublicKeyEntryResolver.IGNORING);
        if (key == null) {
            throw new IOException("the key cannot be read");
        }
        kind.add(key);
    }

    private List<PublicKey> kind(String marker) throws IOException {
        return switch (marker) {
            case "@cert-authority" -> authorities;
            case "@revoked" -> revoked;
            default -> throw new IOException("the marker is not known");
        };
    }

    boolean empty() {
        return keys.isEmpty() && authorities.isEmpty();
    }

    /** Why a key is not one of the host's, null if it is. A certificate's own content is verified before. */
    @Nullable
    String refusal(PublicKey shown) {
        if (shown instanceof OpenSshCertificate certificate) {
            if (has(revoked, certificate.getCaPubKey()) || has(revoked, certificate.getCertPubKey())) {
                return "its host key is revoked";
            }
            return has(authorities, certificate.getCaPubKey())
                    ? null
                    : "its host certificate is of an authority that is not known (" + print(certificate.getCaPubKey())
                            + ")";
        }
        if (has(revoked, shown)) {
            return "its host key is revoked";
        }
        if (has(keys, shown)) {
            return null;
        }
        return keys.isEmpty()
                ? "its host key " + print(shown) + " is not known"
                : "its host key is " + print(shown) + ", not " + print(keys.get(0));
    }

    /** Kinds of key that the host is known by, so that it shows one of these. */
    Set<String> types() {
        Set<String> types = new LinkedHashSet<>();
        keys.forEach(key -> types.add(KeyUtils.getKeyType(key)));
        return types;
    }

    boolean hasAuthorities() {
        return !authorities.isEmpty();
    }

    private static boolean has(List<PublicKey> keys, PublicKey key) {
        return keys.stream().anyMatch(known -> KeyUtils.compareKeys(known, key));
    }

    private static String print(PublicKey key) {
        return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
    }
}
