package io.sallyport.rules.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits shell text into simple commands, after the token recognition and quoting of POSIX (XCU 2.2, 2.3) and the brace
 * expansion and {@code $'…'} of bash. Commands inside substitutions are listed like those outside.
 */
final class ShellSplitter {
    static final int DEEPEST = 8;

    private final String text;
    private final int depth;
    private final List<List<Word>> commands;
    private final List<Word> words = new ArrayList<>();
    private final List<String> documents = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private boolean clear = true;
    private boolean grows;
    private boolean target;
    private boolean delimiter;
    private boolean string;
    private boolean fed;
    private int fedGroups;
    private int position;

    private ShellSplitter(String text, int depth, List<List<Word>> commands) {
        this.text = text;
        this.depth = depth;
        this.commands = commands;
    }

    /** The simple commands of a text. */
    static List<List<Word>> split(String text) {
        List<List<Word>> commands = new ArrayList<>();
        new ShellSplitter(text, 0, commands).run();
        return commands;
    }

    private void run() {
        while (position < text.length()) {
            step(text.charAt(position++));
        }
        endCommand();
    }

    private void step(char c) {
        switch (c) {
            case ' ', '\t', '\r' -> endWord();
            case '\n' -> {
                endCommand();
                fed = fedGroups > 0;
                hereDocuments();
            }
            case ';', '&', '(', ')' -> separator(c);
            case '|' -> pipe();
            case '\'' -> quote('\'');
            case '"' -> doubleQuoted();
            case '\\' -> escape();
            case '$' -> dollar(false);
            case '`' -> backtick();
            case '<', '>' -> redirection();
            case '#' -> hash();
            case '*', '?', '[' -> glob(c);
            case '{' -> brace();
            default -> append(c);
        }
    }

    /** A group that is fed feeds all its commands. */
    private void separator(char c) {
        endCommand();
        if (c == '(' && fed) {
            fedGroups++;
        } else if (c == ')' && fedGroups > 0) {
            fedGroups--;
        }
        fed = fedGroups > 0;
    }

    /** What follows a pipe reads what the command before it says; what follows two does not. */
    private void pipe() {
        endCommand();
        fed = fedGroups > 0 || position == text.length() || text.charAt(position) != '|';
        if (position < text.length() && "|&".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    /** A brace before a blank is a reserved word, and an empty pair is itself. */
    private void brace() {
        boolean literal = position == text.length() || " \t\n;}".indexOf(text.charAt(position)) >= 0;
        append('{');
        clear &= literal;
        grows |= !literal;
    }

    private void append(char c) {
        inWord = true;
        word.append(c);
    }

    /** A bracket that is a word of its own is the name of a command. */
    private void glob(char c) {
        boolean test = c == '[' && (word.isEmpty() || word.indexOf("[") == 0);
        boolean ends = position == text.length() || " \t\n;[".indexOf(text.charAt(position)) >= 0;
        clear &= test && ends && word.length() < 2;
        append(c);
    }

    private void hash() {
        if (inWord) {
            append('#');
            return;
        }
        while (position < text.length() && text.charAt(position) != '\n') {
            position++;
        }
    }

    /** A quoted part that ends with the next quote, whatever is in it. */
    private void quote(char end) {
        inWord = true;
        int past = text.indexOf(end, position);
        int stop = past < 0 ? text.length() : past;
        word.append(text, position, stop);
        position = Math.min(text.length(), stop + 1);
    }

    private void doubleQuoted() {
        inWord = true;
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"') {
                return;
            }
            if (c == '\\' && position < text.length() && "$`\"\\\n".indexOf(text.charAt(position)) >= 0) {
                escape();
            } else if (c == '$') {
                dollar(true);
            } else if (c == '`') {
                backtick();
            } else {
                word.append(c);
            }
        }
    }

    private void escape() {
        if (position < text.length()) {
            char c = text.charAt(position++);
            if (c != '\n') {
                append(c);
            }
        }
    }

    private void dollar(boolean quoted) {
        inWord = true;
        char next = position < text.length() ? text.charAt(position) : ' ';
        if (next == '\'' && !quoted) {
            position++;
            ansiQuoted();
        } else if (next == '"' && !quoted) {
            position++;
            doubleQuoted();
        } else if (next == '(') {
            position++;
            expands(quoted);
            nested(closing('(', ')'));
        } else if (next == '{') {
            position++;
            expands(quoted);
            nested(closing('{', '}'));
        } else if (Character.isLetterOrDigit(next) || "_@*#?$!-".indexOf(next) >= 0) {
            expands(quoted);
        } else {
            word.append('$');
        }
    }

    private void expands(boolean quoted) {
        grows |= !quoted || word.isEmpty();
        clear = false;
    }

    /** Its escapes can spell any character: what has one is not clear. */
    private void ansiQuoted() {
        while (position < text.length() && text.charAt(position) != '\'') {
            if (text.charAt(position) == '\\') {
                expands(true);
                position++;
            }
            position++;
        }
        position = Math.min(text.length(), position + 1);
        expands(true);
    }

    private void backtick() {
        inWord = true;
        expands(false);
        int start = position;
        while (position < text.length() && text.charAt(position) != '`') {
            position += text.charAt(position) == '\\' ? 2 : 1;
        }
        int stop = Math.min(position, text.length());
        nested(text.substring(start, stop).replace("\\`", "`").replace("\\\\", "\\"));
        position = Math.min(text.length(), stop + 1);
    }

    /** What stands up to the parenthesis or brace that closes the one before this position. */
    private String closing(char open, char close) {
        int start = position;
        int level = 1;
        char quote = 0;
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '\\' && quote != '\'') {
                position++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == open) {
                level++;
            } else if (c == close && --level == 0) {
                return text.substring(start, position - 1);
            }
        }
        position = text.length();
        return text.substring(Math.min(start, position));
    }

    private void nested(String inner) {
        if (depth < DEEPEST) {
            new ShellSplitter(inner, depth + 1, commands).run();
        } else {
            commands.add(List.of(new Word("", false, true)));
        }
    }

    private void redirection() {
        boolean descriptor = inWord && clear && word.chars().allMatch(Character::isDigit);
        if (descriptor) {
            word.setLength(0);
            inWord = false;
        }
        endWord();
        if (position < text.length() && text.charAt(position) == '(') {
            position++;
            nested(closing('(', ')'));
            return;
        }
        string = text.startsWith("<<<", position - 1);
        boolean document = text.startsWith("<<", position - 1) && !string;
        while (position < text.length() && "<>&|".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        if (document && position < text.length() && text.charAt(position) == '-') {
            position++;
        }
        target = true;
        delimiter = document;
    }

    /** The bodies of the here-documents of the line before: commands, if a shell reads them; their quotes end with them. */
    private void hereDocuments() {
        for (String end : documents) {
            int start = position;
            int stop = start;
            while (position < text.length()) {
                int newline = text.indexOf('\n', position);
                int past = newline < 0 ? text.length() : newline;
                String line = text.substring(position, past);
                stop = position;
                position = Math.min(text.length(), past + 1);
                if (line.strip().equals(end)) {
                    break;
                }
                stop = position;
            }
            nested(text.substring(start, stop));
        }
        documents.clear();
    }

    private void endWord() {
        if (inWord && !target) {
            words.add(new Word(word.toString(), clear, grows));
        }
        if (inWord && delimiter) {
            documents.add(word.toString());
        }
        if (inWord && string) {
            nested(word.toString());
        }
        string &= !inWord;
        delimiter &= !inWord;
        target &= !inWord;
        word.setLength(0);
        inWord = false;
        clear = true;
        grows = false;
    }

    private void endCommand() {
        endWord();
        target = false;
        delimiter = false;
        string = false;
        if (!words.isEmpty()) {
            if (fed) {
                words.add(0, Word.FED);
            }
            commands.add(List.copyOf(words));
            words.clear();
        }
    }
}
