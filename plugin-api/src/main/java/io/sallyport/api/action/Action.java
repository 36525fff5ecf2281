package io.sallyport.api.action;

import java.util.List;

/**
 * One thing that a client asks for.
 *
 * <ol>
 *   <li>An action is immutable, and the bytes that the connector forwards are the bytes that it was read from.
 *   <li>{@link #accesses()} is the superset of what the text names. It is exact unless the action is {@link #opaque()}.
 * </ol>
 */
public sealed interface Action permits SqlStatement, Command, FileAccess, ApiRequest, Tunnel {

    /** Which of the closed set of kinds this is. */
    ActionKind kind();

    /** What was read from the action's text; shared by all actions with the same text and context. */
    Analysis analysis();

    /** What the action would do. */
    default List<Access> accesses() {
        return analysis().accesses();
    }

    /** Whether {@link #accesses()} may be incomplete for what the text names. */
    default boolean opaque() {
        return analysis().opaque();
    }

    /** The text as a person reads it, and as text patterns match it. */
    default String text() {
        return analysis().text();
    }
}
