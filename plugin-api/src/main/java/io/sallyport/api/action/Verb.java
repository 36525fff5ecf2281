package io.sallyport.api.action;

/**
 * What an access does, such as {@code select} or {@code copy-out}. Its connector's {@link Vocabulary} declares it.
 *
 * @param name lower case words joined by hyphens
 */
public record Verb(String name) {

    /** Checks the form of the name. */
    public Verb {
        Words.checked(name, "a verb");
    }

    @Override
    public String toString() {
        return name;
    }
}
