package io.sallyport.postgres.sql;

import io.sallyport.api.action.Analysis;
import io.sallyport.postgres.sql.tree.Copy;
import io.sallyport.postgres.sql.tree.Statement.Flag;
import io.sallyport.postgres.sql.tree.StatementKind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a text.
 *
 * @param text the text as it was sent
 * @param analysis the accesses for the core; its text is the one sent, but for literals that are secrets
 * @param parts the statements in order; empty for an empty query
 * @param dependsOnSession whether the result depends on what the session prepared, so that it must not be kept by text
 *     and context
 * @param unknownNames whether a relation or column was named that the catalog does not know, so that a newer catalog may
 *     say more
 */
public record StatementAnalysis(
        String text, Analysis analysis, List<Part> parts, boolean dependsOnSession, boolean unknownNames) {

    /** Copies the list. */
    public StatementAnalysis {
        parts = List.copyOf(parts);
    }

    /**
     * One statement of the text.
     *
     * @param kind what it is
     * @param start the index of its first character
     * @param end the index behind its last
     * @param name the prepared statement, cursor or savepoint that it names; null for all and for none
     * @param copy what COPY copies
     * @param flags properties
     */
    public record Part(
            StatementKind kind,
            int start,
            int end,
            @Nullable String name,
            @Nullable Copy copy,
            Set<Flag> flags) {

        /** Copies the set. */
        public Part {
            flags = Set.copyOf(flags);
        }
    }

    /** The analysis of a text of one statement that differs in the values of literals alone. */
    public StatementAnalysis withText(String other, Analysis same) {
        Part part = parts.get(0);
        int end = part.end() + other.length() - text.length();
        return new StatementAnalysis(
                other,
                same,
                List.of(new Part(part.kind(), part.start(), end, part.name(), part.copy(), part.flags())),
                dependsOnSession,
                unknownNames);
    }

    /** Whether the text holds no statement. */
    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** The text without secrets. */
    public String redactedText() {
        return analysis.text();
    }

    /** Whether a statement may change what later statements mean: nothing behind it is judged before ReadyForQuery. */
    public boolean barrier() {
        return has(Flag.BARRIER);
    }

    /** Whether a statement changes what the catalog holds. */
    public boolean changesCatalog() {
        return has(Flag.CHANGES_CATALOG);
    }

    /** Whether a statement writes rows or defines an object. */
    public boolean writesOrDefines() {
        return has(Flag.WRITES);
    }

    /** Whether a statement answers with rows. */
    public boolean returnsRows() {
        return has(Flag.RETURNS_ROWS);
    }

    /** Whether a statement sets an encoding in which later texts could not be read. */
    public boolean setsUnreadableEncoding() {
        return has(Flag.UNREADABLE_ENCODING);
    }

    private boolean has(Flag flag) {
        for (Part part : parts) {
            if (part.flags().contains(flag)) {
                return true;
            }
        }
        return false;
    }
}
