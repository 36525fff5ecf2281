package io.sallyport.policy;

import java.util.Locale;

/**
 * Something that a careful reader of a configuration would stop at.
 *
 * @param severity how bad it is
 * @param code what kind of finding it is, for filters
 * @param line where it stands
 * @param path where in the configuration
 * @param text what it is, and what to do
 */
public record Finding(Severity severity, String code, int line, String path, String text) {

    /** How bad a finding is, the mildest first. */
    public enum Severity {
        /** Worth knowing. */
        INFO,
        /** Wider than most grants need to be. */
        WARNING,
        /** It does not do what it says: it never decides, or is over. */
        ERROR;

        /** As reports spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
