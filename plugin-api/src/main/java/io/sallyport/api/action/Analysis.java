package io.sallyport.api.action;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a connector read from a text: the part of an action that does not depend on parameter values.
 *
 * <ol>
 *   <li>Two analyses are equal if and only if text, accesses and opacity are equal by content.
 *   <li>Instances are immutable and cheap to keep: a connector caches them by text and context, and the core caches
 *       verdicts by them.
 * </ol>
 */
public final class Analysis {

    private final String text;
    private final List<Access> accesses;
    private final @Nullable String opaqueBecause;
    private int hash;
    private byte @Nullable [] utf8;

    private Analysis(String text, List<Access> accesses, @Nullable String opaqueBecause) {
        this.text = text;
        this.accesses = List.copyOf(accesses);
        this.opaqueBecause = opaqueBecause;
    }

    /** An analysis whose accesses are exact for what the text names. */
    public static Analysis exact(String text, List<Access> accesses) {
        return new Analysis(text, accesses, null);
    }

    /**
     * An analysis whose accesses may be incomplete.
     *
     * @param because what could not be read, for the reason of a refusal
     */
    public static Analysis opaque(String text, List<Access> accesses, String because) {
        return new Analysis(text, accesses, Objects.requireNonNull(because, "because"));
    }

    /** The text as a person reads it. */
    public String text() {
        return text;
    }

    /** What the text would do. */
    public List<Access> accesses() {
        return accesses;
    }

    /** Whether {@link #accesses()} may be incomplete. */
    public boolean opaque() {
        return opaqueBecause != null;
    }

    /** What could not be read, if the analysis is opaque. */
    public @Nullable String opaqueBecause() {
        return opaqueBecause;
    }

    /** The text in UTF-8, computed once. Callers must not change the array. */
    public byte[] utf8() {
        byte[] bytes = utf8;
        if (bytes == null) {
            bytes = text.getBytes(StandardCharsets.UTF_8);
            utf8 = bytes;
        }
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || (other instanceof Analysis that
                        && hashCode() == that.hashCode()
                        && text.equals(that.text)
                        && accesses.equals(that.accesses)
                        && Objects.equals(opaqueBecause, that.opaqueBecause));
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = Objects.hash(text, accesses, opaqueBecause);
            hash = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return text;
    }
}
