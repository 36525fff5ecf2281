package io.sallyport.ssh.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Splits one line. Where shells differ, and where the reading could depend on the target's locale, the line is unclear. For one
 * use.
 */
final class ShellReader {
    /** So many commands in one line are more than a person reviews. */
    private static final int MOST_COMMANDS = 256;

    private static final String PLAIN = "_-./:,+@%=]";

    /** Words of the grammar of POSIX, bash, ksh or zsh in the place of a command. */
    private static final Set<String> RESERVED = Set.of(
            "if",
            "then",
            "elif",
            "else",
            "fi",
            "while",
            "until",
            "for",
            "foreach",
            "select",
            "repeat",
            "in",
            "do",
            "done",
            "case",
            "esac",
            "function",
            "time",
            "coproc",
            "end",
            "begin",
            "not",
            "and",
            "or",
            "nocorrect",
            "noglob",
            "-");

    /** Builtins that change what commands behind them on the line mean. */
    private static final Set<String> CHANGING = Set.of(
            "alias",
            "unalias",
            "set",
            "unset",
            "export",
            "readonly",
            "declare",
            "typeset",
            "local",
            "let",
            "integer",
            "float",
            "exec",
            "trap",
            "hash",
            "rehash",
            "enable",
            "disable",
            "builtin",
            "command",
            "shopt",
            "setopt",
            "unsetopt",
            "emulate",
            "autoload",
            "zmodload",
            "read",
            "mapfile",
            "readarray",
            "getopts",
            "printf",
            "eval",
            ".",
            "source",
            "umask",
            "ulimit",
            "fc",
            "bind",
            "complete");

    private final String text;
    private final List<List<String>> commands = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private boolean foreign;
    private int position;
    private @Nullable String unclear;

    ShellReader(String text) {
        this.text = text;
    }

    ShellLine read() {
        while (unclear == null && position < text.length()) {
            step(text.charAt(position++));
        }
        if (unclear == null) {
            endCommand(true);
        }
        if (unclear == null && commands.isEmpty()) {
            unclear = "the line has no command";
        }
        if (unclear == null && commands.size() > 1) {
            commands.forEach(this::changesNothing);
        }
        return new ShellLine(commands, unclear);
    }

    private void step(char c) {
        switch (c) {
            case ' ', '\t' -> endWord();
            case '\'' -> singleQuoted();
            case '"' -> doubleQuoted();
            case '\\' -> escaped();
            case ';' -> operator(';', false, "';;'");
            case '&' -> operator('&', true, "'&' runs a command in the background");
            case '|' -> pipe();
            case '{' -> brace();
            case '#' -> hash();
            default -> bare(c);
        }
    }

    private void bare(char c) {
        boolean plain = (c < 128 && Character.isLetterOrDigit(c)) || PLAIN.indexOf(c) >= 0;
        if (c >= 128) {
            foreignBare();
        } else if (plain && !(c == '=' && word.isEmpty())) {
            append(c);
        } else if (c < ' ' || c == 127) {
            control();
        } else {
            fail("a shell would read '" + c + "' as more than itself; put it in single quotes if it is text");
        }
    }

    /** A shell on a target with a single-byte locale may take one of the character's bytes for a blank. */
    private void foreignBare() {
        int code = text.codePointAt(position - 1);
        for (byte b : Character.toString(code).getBytes(StandardCharsets.UTF_8)) {
            if (b == (byte) 0xA0 || b == (byte) 0x85) {
                fail("a shell may take a part of '" + Character.toString(code)
                        + "' for a blank; put it in single quotes");
                return;
            }
        }
        position += Character.charCount(code) - 1;
        inWord = true;
        foreign = true;
        word.appendCodePoint(code);
    }

    private void append(char c) {
        inWord = true;
        foreign = c >= 128;
        word.append(c);
    }

    private void control() {
        fail("line breaks and control characters are not read; send one command on one line");
    }

    private void fail(String because) {
        unclear = because;
    }

    private char next() {
        return position < text.length() ? text.charAt(position) : 0;
    }

    private void singleQuoted() {
        inWord = true;
        int end = text.indexOf('\'', position);
        if (end < 0) {
            fail("a single quote is not closed");
            return;
        }
        String quoted = text.substring(position, end);
        if (quoted.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127)) {
            control();
        } else if (quoted.endsWith("\\") || quoted.contains("\\\\")) {
            fail("shells differ in how they read a doubled or last backslash in single quotes; use double quotes");
        }
        word.append(quoted);
        foreign = false;
        position = end + 1;
    }

    private void doubleQuoted() {
        inWord = true;
        while (unclear == null && position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"') {
                foreign = false;
                return;
            }
            inDoubleQuotes(c);
        }
        if (unclear == null) {
            fail("a double quote is not closed");
        }
    }

    private void inDoubleQuotes(char c) {
        if ("$`!".indexOf(c) >= 0) {
            fail("a shell would read '" + c + "' in double quotes as more than itself; use single quotes");
        } else if ((c < ' ' && c != '\t') || c == 127) {
            control();
        } else if (c == '\\' && foreign) {
            foreignBefore(c);
        } else if (c == '\\' && next() != 0 && "$`\"\\".indexOf(next()) >= 0) {
            append(text.charAt(position++));
        } else {
            append(c);
        }
    }

    /** In some double-byte encodings this byte would be the second half of the character before it. */
    private void foreignBefore(char c) {
        fail("a shell may read '" + c + "' as a part of the character before it; put the text in single quotes");
    }

    private void escaped() {
        char c = next();
        if (foreign) {
            foreignBefore('\\');
        } else if (c < ' ' || c == 127) {
            fail("a backslash at the end of a line, or before a control character, is not read");
        } else if (c < 128 && Character.isLetterOrDigit(c)) {
            fail("shells differ in how they read a backslash before '" + c + "'; leave it out");
        } else {
            append(c);
            position++;
        }
    }

    private void operator(char c, boolean mustDouble, String otherwise) {
        boolean doubled = next() == c;
        if (doubled != mustDouble) {
            fail(otherwise + "; send commands that are joined by ';', '&&', '||' or '|'");
            return;
        }
        position += doubled ? 1 : 0;
        endCommand(false);
    }

    private void pipe() {
        if (foreign && inWord) {
            foreignBefore('|');
        } else if (next() == '&') {
            fail("'|&' redirects; send commands that are joined by ';', '&&', '||' or '|'");
        } else {
            position += next() == '|' ? 1 : 0;
            endCommand(false);
        }
    }

    /** An empty pair that is a word of its own is itself, as {@code find -exec} wants it. */
    private void brace() {
        boolean pair = !inWord
                && next() == '}'
                && (position + 1 == text.length() || " \t;".indexOf(text.charAt(position + 1)) >= 0);
        if (pair) {
            append('{');
            append(text.charAt(position++));
        } else {
            fail("a shell would expand braces; put them in single quotes if they are text");
        }
    }

    private void hash() {
        if (inWord) {
            append('#');
        } else {
            fail("'#' begins a comment; put it in single quotes if it is text");
        }
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
        foreign = false;
    }

    private void endCommand(boolean last) {
        endWord();
        if (words.isEmpty()) {
            // Only a semicolon may end a line; what joins commands needs one behind it.
            boolean ended = last && (commands.isEmpty() || text.stripTrailing().endsWith(";"));
            if (!ended) {
                fail("a command is missing before or behind ';', '&&', '||' or '|'");
            }
            return;
        }
        String name = words.get(0);
        if (RESERVED.contains(name)) {
            fail("'" + name + "' is a word of the shell's grammar; send plain commands");
        } else if (assigns(name)) {
            fail("a variable is set before a command; send it as an environment request, or use env");
        } else if (name.startsWith("%") || commands.size() >= MOST_COMMANDS) {
            fail(
                    name.startsWith("%")
                            ? "'%' stands for a job"
                            : "more than " + MOST_COMMANDS + " commands in one line");
        } else {
            commands.add(List.copyOf(words));
        }
        words.clear();
    }

    private static boolean assigns(String name) {
        int equals = name.indexOf('=');
        for (int i = 0; i < equals; i++) {
            char c = name.charAt(i);
            boolean named = c == '_' || (c < 128 && Character.isLetter(c)) || (i > 0 && Character.isDigit(c));
            if (!named && !(c == '+' && i == equals - 1)) {
                return false;
            }
        }
        return equals > 0;
    }

    private void changesNothing(List<String> command) {
        String name = command.get(0);
        boolean prints = name.equals("printf") && command.stream().noneMatch(word -> word.startsWith("-v"));
        if (CHANGING.contains(name) && !prints) {
            fail("'" + name + "' may change what the commands behind it mean; send them one by one");
        }
    }
}
