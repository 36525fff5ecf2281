package io.sallyport.masking;

/** Tells, going forward through a JSON document, whether a position is inside a string. */
final class JsonStrings {
    private final byte[] document;
    private int position;
    private boolean inside;

    JsonStrings(byte[] document, int start) {
        this.document = document;
        this.position = start;
    }

    /** Whether the byte here, which lies behind all that were asked for before, is inside a string. */
    boolean inside(int target) {
        while (position < target) {
            if (document[position] == '"') {
                inside = !inside;
            } else if (inside && document[position] == '\\') {
                position++;
            }
            position++;
        }
        return inside;
    }

    /** Where the number begins to which the byte here belongs. */
    static int numberStart(byte[] document, int position, int from) {
        int start = position;
        while (start > from && number(document[start - 1])) {
            start--;
        }
        return start;
    }

    /** Where the number ends to which the byte before this position belongs. */
    static int numberEnd(byte[] document, int position, int limit) {
        int end = position;
        while (end < limit && number(document[end])) {
            end++;
        }
        return end;
    }

    private static boolean number(byte c) {
        return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
    }
}
