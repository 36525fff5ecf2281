package io.sallyport.decision;

/** One segment of a resource pattern: a literal, or a glob in which {@code *} stands for any part of the segment. */
record SegmentGlob(String text, boolean literal) {

    /** The segment that stands for any one segment. */
    static final SegmentGlob ANY = new SegmentGlob("*", false);

    boolean any() {
        return !literal && text.length() == 1;
    }

    /** Whether the whole segment matches, in time proportional to the product of both lengths at worst. */
    boolean matches(String segment) {
        if (literal) {
            return text.equals(segment);
        }
        return any() || globMatches(segment);
    }

    /** The classic two-pointer match: on a mismatch only the last star is reconsidered. */
    private boolean globMatches(String segment) {
        int at = 0;
        int in = 0;
        int star = -1;
        int retry = 0;
        while (in < segment.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                star = at++;
                retry = in;
            } else if (at < text.length() && text.charAt(at) == segment.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++retry;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return at == text.length();
    }
}
