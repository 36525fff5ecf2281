package io.sallyport.api.action;

import java.util.List;

/**
 * A command to run on a host or in a container.
 *
 * @param analysis what was read from the command line
 * @param argv the arguments as the target will see them where that is known, else empty
 * @param terminal whether a terminal is asked for
 */
public record Command(Analysis analysis, List<String> argv, boolean terminal) implements Action {

    /** Copies the arguments. */
    public Command {
        argv = List.copyOf(argv);
    }

    @Override
    public ActionKind kind() {
        return ActionKind.COMMAND;
    }
}
