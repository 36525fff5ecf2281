package io.sallyport.postgres.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression, flattened to the things in it that can touch data. An expression with no parts is a constant.
 *
 * @param shape how the parts stand together
 * @param parts what is in it, in order
 * @param literal the value, if the expression is one string literal, with or without a cast
 */
public record Expression(
        Shape shape, List<Part> parts, @Nullable String literal) implements Part {

    /** An expression that touches nothing. */
    public static final Expression CONSTANT = new Expression(Shape.MIXED, List.of(), null);

    /** How parts stand together. */
    public enum Shape {
        /** Nothing but one column reference. */
        BARE,
        /** Conditions, all of which must hold. */
        AND,
        /** Conditions, one of which must hold. */
        OR,
        /** A comparison of one thing with itself, by spelling. */
        SAME,
        /** Anything else. */
        MIXED
    }

    /** The reference, if the expression is nothing else. */
    public @Nullable ColumnReference bare() {
        return shape == Shape.BARE ? (ColumnReference) parts.get(0) : null;
    }

    /** The query, if the expression is nothing but a subquery in parentheses. */
    public @Nullable Body onlyQuery() {
        return parts.size() == 1 && shape == Shape.MIXED && parts.get(0) instanceof SubQuery sub ? sub.body() : null;
    }
}
