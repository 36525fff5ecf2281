package io.sallyport.rules.command;

import io.sallyport.api.action.Action;
import io.sallyport.api.action.Command;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads which programs a command would run.
 *
 * <ol>
 *   <li>It reads too much rather than too little: the lines of a here-document count as commands.
 *   <li>What a script, an interpreter or the input of a shell holds is not seen; connectors call that opaque.
 *   <li>The work is linear in the length of the text, times a limited depth of nesting.
 * </ol>
 */
public final class CommandLines {

    private CommandLines() {}

    /** The programs of a command in the order in which they stand; none for other kinds of action. */
    public static List<Invocation> invocations(Action action) {
        if (!(action instanceof Command command)) {
            return List.of();
        }
        Unwrapping unwrapping = new Unwrapping();
        if (command.argv().isEmpty()) {
            unwrapping.line(command.text(), 0);
        } else {
            List<Word> words = new ArrayList<>();
            command.argv().forEach(argument -> words.add(Word.of(argument)));
            unwrapping.command(words, 0);
        }
        return unwrapping.found();
    }
}
