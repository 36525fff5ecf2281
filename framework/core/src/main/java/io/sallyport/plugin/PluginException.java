package io.sallyport.plugin;

import java.util.List;

/** The plugins cannot be used as they are: the gateway must not start. The message is for the operator. */
public final class PluginException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /** All problems that were found, each a sentence that names the jar and says what to do. */
    public PluginException(List<String> problems) {
        this.problems = List.copyOf(problems);
    }

    /** One problem. */
    public PluginException(String problem) {
        this(List.of(problem));
    }

    @Override
    public String getMessage() {
        return String.join("\n", problems);
    }

    /** The problems, in the order in which they were found. */
    public List<String> problems() {
        return problems;
    }
}
