package io.sallyport.rules.command;

import java.util.List;
import java.util.Map;

/**
 * One program that a command line would run.
 *
 * <ol>
 *   <li>The name has no path. It is empty and not {@link #clear()} where only the run will tell it.
 *   <li>A question about flags is answered with yes where the run might say yes.
 * </ol>
 */
public final class Invocation {
    /** What the flags are called that programs commonly have in several spellings. */
    private static final Map<String, List<String>> SPELLINGS = Map.of(
            "r", List.of("r", "R", "recursive"),
            "R", List.of("r", "R", "recursive"),
            "recursive", List.of("r", "R", "recursive"),
            "f", List.of("f", "force"),
            "force", List.of("f", "force"));

    private final String name;
    private final boolean clear;
    private final List<Word> arguments;

    Invocation(String name, boolean clear, List<Word> arguments) {
        this.name = name;
        this.clear = clear;
        this.arguments = List.copyOf(arguments);
    }

    /** The program's name without a path. */
    public String name() {
        return name;
    }

    /** Whether the name is known. */
    public boolean clear() {
        return clear;
    }

    /** Whether this may run the program with all these flags. */
    public boolean mayRun(String program, List<String> flags) {
        return !clear || (name.equals(program) && flags.stream().allMatch(this::mayHave));
    }

    private boolean mayHave(String flag) {
        List<String> spellings = SPELLINGS.getOrDefault(flag, List.of(flag));
        for (Word argument : arguments) {
            if (argument.grows()) {
                return true;
            }
            if (argument.is("--")) {
                return false;
            }
            if (spellings.stream().anyMatch(spelling -> spells(argument.text(), spelling))) {
                return true;
            }
        }
        return false;
    }

    /** Long options may be cut, as getopt_long(3) allows; short ones stand together in any order. */
    private static boolean spells(String argument, String flag) {
        if (flag.length() == 1) {
            return argument.startsWith("-") && !argument.startsWith("--") && argument.indexOf(flag) > 0;
        }
        int value = argument.indexOf('=');
        String option = value < 0 ? argument : argument.substring(0, value);
        return (option.length() > 2 && option.startsWith("--") && flag.startsWith(option.substring(2)))
                || option.equals("-" + flag);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(clear ? name : "?");
        arguments.forEach(argument -> text.append(' ').append(argument.clear() ? argument.text() : "?"));
        return text.toString();
    }
}
