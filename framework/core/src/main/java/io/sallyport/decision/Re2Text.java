package io.sallyport.decision;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.sallyport.api.config.TextPattern;

/** A text pattern on RE2/J: linear time, search semantics. */
public final class Re2Text implements TextPattern {

    private final Pattern pattern;

    private Re2Text(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Compiles a pattern.
     *
     * @throws IllegalArgumentException with the place of the mistake, if it is not in RE2 syntax
     */
    public static Re2Text compile(String text) {
        try {
            return new Re2Text(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a pattern in RE2 syntax: " + e.getDescription(), e);
        }
    }

    @Override
    public boolean find(CharSequence text) {
        return pattern.matcher(text).find();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
