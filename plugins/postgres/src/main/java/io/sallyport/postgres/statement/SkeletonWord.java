package io.sallyport.postgres.statement;

import java.util.stream.Stream;

/** The words that tell what stands behind them, as far as a {@link Skeleton} must know. */
enum SkeletonWord {
    /** There is no word. */
    NONE,
    /** One that tells nothing. */
    ANY,
    /** A list follows. */
    IN,
    /** Rows follow. */
    VALUES,
    /** A pattern follows. */
    LIKE,
    /** Two operands follow, AND between them. */
    BETWEEN,
    /** A condition follows, or the second operand of BETWEEN. */
    AND,
    /** A column or value follows. */
    SELECT,
    /** A position or a number of rows follows. */
    PLACE,
    /** A parenthesis behind it groups: no function can have its name. */
    GROUPING;

    private static final Entry[][] BY_LENGTH = byLength(
            new Entry("in", IN),
            new Entry("by", PLACE),
            new Entry("or", GROUPING),
            new Entry("on", GROUPING),
            new Entry("and", AND),
            new Entry("not", GROUPING),
            new Entry("from", GROUPING),
            new Entry("like", LIKE),
            new Entry("when", GROUPING),
            new Entry("then", GROUPING),
            new Entry("else", GROUPING),
            new Entry("where", GROUPING),
            new Entry("limit", PLACE),
            new Entry("ilike", LIKE),
            new Entry("select", SELECT),
            new Entry("values", VALUES),
            new Entry("offset", PLACE),
            new Entry("having", GROUPING),
            new Entry("exists", GROUPING),
            new Entry("between", BETWEEN));

    private record Entry(String lower, SkeletonWord meaning) {}

    private static Entry[][] byLength(Entry... entries) {
        Entry[][] all = new Entry["between".length() + 1][];
        for (int length = 0; length < all.length; length++) {
            int wanted = length;
            all[length] = Stream.of(entries)
                    .filter(entry -> entry.lower.length() == wanted)
                    .toArray(Entry[]::new);
        }
        return all;
    }

    /** The word of so many characters, which are letters of ASCII, digits and underscores. */
    static SkeletonWord of(String text, int start, int length) {
        if (length < BY_LENGTH.length) {
            for (Entry entry : BY_LENGTH[length]) {
                if (text.regionMatches(true, start, entry.lower, 0, length)) {
                    return entry.meaning;
                }
            }
        }
        return ANY;
    }
}
