package io.sallyport.journal.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A signed statement of what the journal held: for every lane how far it had come, and the root of its tree. One line of text, so that
 * it can be kept anywhere and handed back as an anchor.
 *
 * <ol>
 *   <li>Numbers count from 1 without gaps; each holds the hash of the line before it.
 *   <li>Two equal checkpoints have equal lines; the signature covers everything before it in the line.
 *   <li>A checkpoint is made only when the disk has everything that it covers.
 * </ol>
 *
 * @param number its number
 * @param timeMicros when it was signed, in microseconds since 1970
 * @param node the gateway that signed it
 * @param keyId the SHA-256 of the public key's encoding (RFC 8410), in hexadecimal
 * @param previous the SHA-256 of the line before, in hexadecimal; 64 zeros in the first
 * @param lanes how far it covers each lane, by name
 * @param signature the Ed25519 signature, in Base64
 */
public record Checkpoint(
        long number,
        long timeMicros,
        String node,
        String keyId,
        String previous,
        List<LanePoint> lanes,
        String signature) {

    /** What the first checkpoint holds as the hash of the one before. */
    public static final String NO_PREVIOUS = "0".repeat(64);

    private static final String MAGIC = "sallyport-checkpoint/1";
    private static final String NO_LANES = "-";
    private static final int PARTS = 8;

    public Checkpoint {
        lanes = List.copyOf(lanes);
    }

    /** The same checkpoint with a signature of this key. */
    Checkpoint signed(SigningKey key) {
        String made = Base64.getEncoder().encodeToString(key.sign(body().getBytes(StandardCharsets.UTF_8)));
        return new Checkpoint(number, timeMicros, node, keyId, previous, lanes, made);
    }

    /** The checkpoint as a line of text, without a line end. */
    public String line() {
        return body() + " " + signature;
    }

    /** The SHA-256 of the line, in hexadecimal. */
    public String hash() {
        return HexFormat.of().formatHex(Hashes.plain(line().getBytes(StandardCharsets.UTF_8)));
    }

    private String body() {
        String points =
                lanes.isEmpty() ? NO_LANES : lanes.stream().map(LanePoint::text).collect(Collectors.joining(","));
        return String.join(" ", MAGIC, Long.toString(number), Long.toString(timeMicros), node, keyId, previous, points);
    }

    /** Whether this key signed it. */
    public boolean signedBy(PublicKey key) {
        if (!keyId.equals(SigningKey.id(key))) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(body().getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * The checkpoint in a line of text.
     *
     * @throws IllegalArgumentException if it is none; only the exact text that {@link #line()} gives is one
     */
    public static Checkpoint parse(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != PARTS || !parts[0].equals(MAGIC)) {
            throw new IllegalArgumentException("not a checkpoint: it has not the form '" + MAGIC + " NUMBER TIME ...'");
        }
        List<LanePoint> lanes = new ArrayList<>();
        if (!parts[6].equals(NO_LANES)) {
            for (String point : parts[6].split(",", -1)) {
                lanes.add(LanePoint.parse(point));
            }
        }
        if (!Base64.getEncoder()
                .encodeToString(Base64.getDecoder().decode(parts[7]))
                .equals(parts[7])) {
            throw new IllegalArgumentException("not a checkpoint: its signature is not in canonical Base64");
        }
        Checkpoint checkpoint = new Checkpoint(
                Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3], parts[4], parts[5], lanes, parts[7]);
        if (!checkpoint.line().equals(line)) {
            throw new IllegalArgumentException("not a checkpoint: numbers are not written in their shortest form");
        }
        return checkpoint;
    }
}
