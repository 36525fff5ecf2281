package io.sallyport.api.action;

/**
 * A property of an access that rules may name, such as {@code no-where}. Its connector's {@link Vocabulary} declares it.
 *
 * <p>The constants here say how the value of a field is used. They have one meaning for all connectors, since masking
 * guardrails read them: a value that is only {@link #OUTPUT} can be masked where it leaves, any other use cannot be
 * undone afterwards.
 *
 * @param name lower case words joined by hyphens
 */
public record Trait(String name) {

    /** The value itself leaves in the answer, in a place where the answer's description names its origin. */
    public static final Trait OUTPUT = new Trait("output");

    /** The value goes through an expression or a function, so that its origin is not visible in the answer. */
    public static final Trait COMPUTED = new Trait("computed");

    /** The value decides something: a predicate, a join, an order, a group. */
    public static final Trait TESTED = new Trait("tested");

    /** The value is written elsewhere, or an object is defined over it. */
    public static final Trait STORED = new Trait("stored");

    /** Checks the form of the name. */
    public Trait {
        Words.checked(name, "a trait");
    }

    @Override
    public String toString() {
        return name;
    }
}
