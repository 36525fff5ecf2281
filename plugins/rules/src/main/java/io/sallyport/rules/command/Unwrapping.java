package io.sallyport.rules.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Takes wrappers off commands, and lists every program on the way. For one use. */
final class Unwrapping {
    /** So many programs behind one another mean to hide something. */
    private static final int DEEPEST = 16;

    /** So many programs are more than a person reviews. */
    private static final int MOST = 1000;

    /** So many characters and words, counted at each depth, take a few milliseconds. */
    private long budget = 2_000_000;

    private final List<Invocation> found = new ArrayList<>();

    /** Whether the input of what is read now is the output of a command. */
    private boolean fed;

    List<Invocation> found() {
        return List.copyOf(found);
    }

    /** Reads shell text. */
    void line(String text, int depth) {
        budget -= text.length();
        if (depth > DEEPEST || budget < 0) {
            hidden();
            return;
        }
        boolean outer = fed;
        for (List<Word> command : ShellSplitter.split(text)) {
            boolean piped = command.get(0).equals(Word.FED);
            fed = outer || piped;
            command(piped ? command.subList(1, command.size()) : command, depth);
        }
        fed = outer;
    }

    /** Reads one simple command. */
    void command(List<Word> words, int depth) {
        int start = 0;
        while (start < words.size() && (reserved(words.get(start)) || assignment(words.get(start)))) {
            start++;
        }
        if (start == words.size()) {
            return;
        }
        budget -= words.size();
        if (depth > DEEPEST
                || budget < 0
                || found.size() >= MOST
                || !words.get(start).clear()) {
            hidden();
            return;
        }
        String name = baseName(words.get(start).text());
        if (name.equals("{}")) {
            // What xargs or find puts there.
            hidden();
            return;
        }
        List<Word> arguments = words.subList(start + 1, words.size());
        found.add(new Invocation(name, true, arguments));
        unwrap(name, arguments, depth + 1);
    }

    private void hidden() {
        if (!found.isEmpty() && !found.get(found.size() - 1).clear()) {
            return;
        }
        found.add(new Invocation("", false, List.of()));
    }

    private void unwrap(String name, List<Word> arguments, int depth) {
        if (Wrapper.SHELLS.contains(name)) {
            shell(arguments, depth);
        } else if (Wrapper.named(name) == null) {
            carried(arguments, depth);
        }
        if (fed && Wrapper.READERS.contains(name) && arguments.stream().noneMatch(Unwrapping::operand)) {
            hidden();
        }
        if (name.equals("find")) {
            find(arguments, depth);
        }
        if (name.equals("env")) {
            splitString(arguments, depth);
        }
        Wrapper wrapper = Wrapper.named(name);
        if (wrapper != null) {
            wrapped(name, wrapper, arguments, depth);
        }
    }

    private static boolean reserved(Word word) {
        return word.clear() && Wrapper.RESERVED.contains(word.text());
    }

    private static boolean assignment(Word word) {
        int equals = word.text().indexOf('=');
        if (equals <= 0) {
            return false;
        }
        for (int i = 0; i < equals; i++) {
            char c = word.text().charAt(i);
            if (!(Character.isLetterOrDigit(c) || c == '_' || (c == '+' && i == equals - 1))) {
                return false;
            }
        }
        return true;
    }

    private static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The text after {@code -c}, which may stand in a cluster such as {@code -lc}; {@code --command} of su too. */
    private void shell(List<Word> arguments, int depth) {
        for (int i = 0; i < arguments.size(); i++) {
            String option = arguments.get(i).text();
            boolean cluster = cluster(option);
            if (option.startsWith("--command=")) {
                text(new Word(option.substring(10), arguments.get(i).clear(), false), depth);
            } else if ((cluster || option.equals("--command")) && i + 1 < arguments.size()) {
                // Options may follow the cluster before the text does.
                int next = i + 1;
                while (next < arguments.size() - 1 && arguments.get(next).text().startsWith("-")) {
                    next++;
                }
                text(arguments.get(next), depth);
            }
        }
    }

    /** A program that is not known may still run the shell that stands in its arguments. */
    private void carried(List<Word> arguments, int depth) {
        for (int i = 0; i + 1 < arguments.size(); i++) {
            boolean shell = arguments.get(i).clear()
                    && Wrapper.READERS.contains(baseName(arguments.get(i).text()));
            if (shell && cluster(arguments.get(i + 1).text())) {
                shell(arguments.subList(i + 1, arguments.size()), depth);
                return;
            }
        }
    }

    /** Whether a shell takes the argument, or something before it, for what to run instead of its input. */
    private static boolean operand(Word word) {
        return !word.text().startsWith("-") || cluster(word.text());
    }

    private static boolean cluster(String option) {
        return option.startsWith("-") && !option.startsWith("--") && option.indexOf('c') > 0;
    }

    private void text(Word word, int depth) {
        if (!word.clear()) {
            hidden();
        }
        line(word.text(), depth);
    }

    /** What {@code -exec} and its kin run, up to a semicolon or plus sign. */
    private void find(List<Word> arguments, int depth) {
        for (int i = 0; i < arguments.size(); i++) {
            String option = arguments.get(i).text();
            if (option.startsWith("-exec") || option.startsWith("-ok")) {
                int end = i + 1;
                while (end < arguments.size()
                        && !arguments.get(end).is(";")
                        && !arguments.get(end).is("+")) {
                    end++;
                }
                command(arguments.subList(i + 1, end), depth);
                i = end;
            }
        }
    }

    private void splitString(List<Word> arguments, int depth) {
        for (int i = 0; i < arguments.size(); i++) {
            String option = arguments.get(i).text();
            if (option.startsWith("--split-string=")) {
                line(option.substring(15), depth);
            } else if (option.equals("-S") || option.equals("-vS") || option.equals("--split-string")) {
                rest(arguments, i + 1).stream().limit(1).forEach(word -> text(word, depth));
            } else if (option.startsWith("-S")) {
                line(option.substring(2), depth);
            }
        }
    }

    private void wrapped(String name, Wrapper wrapper, List<Word> arguments, int depth) {
        int next = 0;
        int operands = wrapper.operands();
        while (next < arguments.size()) {
            Word word = arguments.get(next);
            if (word.is("--")) {
                next++;
                break;
            }
            if (word.clear() && word.text().startsWith("-")) {
                if (unknown(wrapper, word.text())) {
                    // It may take the next argument as its value: both readings count.
                    command(rest(arguments, next + 2), depth + 1);
                }
                next += wrapper.takesNext(word.text()) ? 2 : 1;
            } else if (assignment(word)) {
                next++;
            } else if (operands > 0) {
                operands--;
                next++;
            } else {
                break;
            }
        }
        boolean ended = next > 0 && arguments.get(next - 1).is("--");
        inner(name, rest(arguments, ended ? next + operands : next), depth);
    }

    private void inner(String name, List<Word> words, int depth) {
        if (words.isEmpty()) {
            return;
        }
        List<Word> fed = new ArrayList<>(words);
        if (Wrapper.FEEDERS.contains(name)) {
            fed.add(new Word("", false, true));
        }
        if (Wrapper.EVALUATORS.contains(name) && !words.stream().allMatch(Unwrapping::plain)) {
            String text = words.stream().map(Word::text).collect(Collectors.joining(" "));
            text(new Word(text, words.stream().allMatch(Word::clear), false), depth);
        } else {
            command(fed, depth);
        }
    }

    /** Whether a shell that reads the word again reads the same word. */
    private static boolean plain(Word word) {
        return word.text().chars().allMatch(c -> Character.isLetterOrDigit(c) || "_./=-:,+@%".indexOf(c) >= 0);
    }

    private static boolean unknown(Wrapper wrapper, String option) {
        return option.startsWith("--") && option.indexOf('=') < 0 && !wrapper.takesNext(option);
    }

    private static List<Word> rest(List<Word> arguments, int from) {
        return from < arguments.size() ? arguments.subList(from, arguments.size()) : List.of();
    }
}
