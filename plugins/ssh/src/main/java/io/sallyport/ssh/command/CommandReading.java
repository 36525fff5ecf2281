package io.sallyport.ssh.command;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.FileAccess;
import io.sallyport.api.action.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what the commands of one line would do. For one use. */
final class CommandReading {
    /** So many programs behind one another mean to hide something. */
    private static final int DEEPEST = 6;

    /** So many words of wrappers are looked at. */
    private static final int MOST_LOOKS = 4096;

    private static final Set<String> QUESTIONS = Set.of("--version", "--help", "-V", "-h", "-v");

    private final List<Access> accesses = new ArrayList<>();
    private final List<FileAccess> files = new ArrayList<>();
    private List<List<String>> commands = List.of();
    private int looks;
    private @Nullable String because;

    /** Reads the line of the request itself. */
    void request(String text) {
        commands = line(text, 0);
    }

    List<Access> accesses() {
        return accesses;
    }

    List<FileAccess> files() {
        return files;
    }

    /** Why it is not known what runs, or null. */
    @Nullable
    String because() {
        return because;
    }

    /** The arguments, if the line is one command. */
    List<String> arguments() {
        return commands.size() == 1 && because == null ? commands.get(0) : List.of();
    }

    /** What runs is not known, or more than what was read. */
    void unclear(String reason) {
        if (because == null) {
            because = reason;
            accesses.add(Access.of(SshVocabulary.EXEC, Resource.unknown(SshVocabulary.ARGUMENTS)));
        }
    }

    /** A file transfer may be hidden in what was not read. */
    private void unclearTransfer(String program, String reason) {
        if (files.stream().noneMatch(file -> file.path().isEmpty())) {
            files.addAll(Transfer.unclear(program, reason).files());
        }
    }

    private List<List<String>> line(String text, int depth) {
        if (depth > DEEPEST) {
            unclear("commands are nested too deeply");
            return List.of();
        }
        ShellLine line = ShellLine.read(text);
        for (List<String> words : line.commands()) {
            accesses.add(Access.of(SshVocabulary.EXEC, new Resource(SshVocabulary.ARGUMENTS, words, true)));
            program(words, depth);
        }
        if (line.unclear() != null) {
            unclear(line.unclear());
            if (mayTransfer(text)) {
                unclearTransfer("unread", line.unclear());
            }
        }
        return line.commands();
    }

    /** Whether one of the programs that transfer files is named, whatever quotes stand in its name. */
    private static boolean mayTransfer(String text) {
        StringBuilder bare = new StringBuilder();
        text.chars().filter(c -> "'\"\\".indexOf(c) < 0).forEach(c -> bare.append((char) c));
        return List.of("scp", "rsync", "sftp", "upload-pack", "receive-pack", "upload-archive").stream()
                .anyMatch(name -> bare.indexOf(name) >= 0);
    }

    private void program(List<String> words, int depth) {
        String name = Programs.baseName(words.get(0));
        if (depth > DEEPEST || looks++ > MOST_LOOKS) {
            unclear("commands are nested too deeply");
        } else if (Programs.transfers(name)) {
            transfer(name, words);
        } else if (Programs.SHELLS.contains(name)) {
            shell(words, depth);
        } else if (Programs.EVALUATORS.contains(name) || Programs.FOREIGN_SHELLS.contains(name)) {
            unclear("'" + name + "' makes commands of text that is not read; send the command itself");
        } else if (Programs.interprets(name)) {
            interpreter(name, words);
        } else if (Programs.TEXT_RUNNERS.contains(name)) {
            textRunner(name, words, depth);
        } else {
            carried(name, words, depth);
        }
    }

    private void transfer(String name, List<String> words) {
        Transfer transfer =
                switch (name) {
                    case "scp" -> ScpCommand.read(words);
                    case "rsync" -> RsyncCommand.read(words);
                    case "sftp-server", "internal-sftp" ->
                        Transfer.unclear(
                                name, "file operations of an SFTP server that a command starts are not read; use sftp");
                    default -> GitCommand.read(name, words);
                };
        if (transfer == null) {
            return;
        }
        String reason = transfer.unclear();
        if (reason == null) {
            files.addAll(transfer.files());
        } else {
            unclear(reason);
            unclearTransfer(name, reason);
        }
    }

    /** The text behind {@code -c}; else a script, which is the target's own, or the input, which is not read. */
    private void shell(List<String> words, int depth) {
        boolean text = false;
        boolean input = false;
        int next = 1;
        while (next < words.size() && isOption(words.get(next))) {
            String option = words.get(next++);
            if (option.equals("--") || option.equals("-")) {
                break;
            }
            if (option.startsWith("--")) {
                next += option.equals("--rcfile") || option.equals("--init-file") ? 1 : 0;
            } else {
                text |= option.startsWith("-") && option.indexOf('c') > 0;
                input |= option.indexOf('s') > 0;
                next += (int) option.chars().filter(c -> c == 'o' || c == 'O').count();
            }
        }
        if (text && next < words.size()) {
            line(words.get(next), depth + 1);
        } else if (text || input || next >= words.size() || isInput(words.get(next))) {
            unclear("a shell reads its commands from its input, which is not read; send the commands themselves");
        }
    }

    private static boolean isOption(String word) {
        return word.startsWith("-") || (word.startsWith("+") && word.length() > 1);
    }

    private static boolean isInput(String word) {
        return word.equals("-") || word.startsWith("/dev/") || word.startsWith("/proc/");
    }

    private void interpreter(String name, List<String> words) {
        boolean asks = words.size() == 2 && QUESTIONS.contains(words.get(1));
        int next = 1;
        boolean code = false;
        while (next < words.size()
                && isOption(words.get(next))
                && !words.get(next).equals("-")) {
            String option = words.get(next++);
            code |= option.startsWith("--")
                    ? option.startsWith("--e") || option.startsWith("--p") || option.startsWith("--r")
                    : option.chars().anyMatch(c -> "ceErp".indexOf(c) >= 0);
        }
        if (!asks && (code || next >= words.size() || isInput(words.get(next)))) {
            unclear("'" + name + "' is given a program that is not read; run a script of the target's");
        }
    }

    private void textRunner(String name, List<String> words, int depth) {
        boolean found = false;
        for (int i = 1; i < words.size(); i++) {
            String option = words.get(i);
            boolean cluster = option.startsWith("-") && !option.startsWith("--") && option.endsWith("c");
            if ((cluster || option.equals("--command")) && i + 1 < words.size()) {
                line(words.get(i + 1), depth + 1);
                found = true;
            } else if (option.startsWith("--command=")) {
                line(option.substring(10), depth + 1);
                found = true;
            } else if (option.startsWith("--c") || option.startsWith("-s") || option.startsWith("--s")) {
                unclear("'" + name + "' has an option that is not read; send the command itself");
            }
        }
        if (!found && Programs.WRAPPERS.contains(name)) {
            carried(name, words, depth);
        } else if (!found) {
            unclear("'" + name + "' starts a shell that reads its input; send the command itself");
        }
    }

    /** A program that is run by another one and takes text, or moves files, is read like one that runs by itself. */
    private void carried(String name, List<String> words, int depth) {
        boolean wraps = Programs.WRAPPERS.contains(name);
        if (wraps && hidesCommand(name, words)) {
            unclear("'" + name + "' has an option that makes a command of text; send the command itself");
        }
        for (int i = 1; i < words.size(); i++) {
            String inner = Programs.baseName(words.get(i));
            boolean text = Programs.SHELLS.contains(inner) && i + 1 < words.size() && isText(words.get(i + 1));
            boolean directory = inner.equals(".") && !name.equals("command") && !name.equals("builtin");
            if (text || (wraps && !directory && Programs.special(inner))) {
                inner(name, inner, words.subList(i, words.size()), depth);
            }
        }
    }

    private void inner(String wrapper, String name, List<String> words, int depth) {
        boolean elsewhere = wrapper.equals("chroot") || wrapper.equals("unshare") || wrapper.equals("nsenter");
        if (wrapper.equals("find") || (elsewhere && Programs.transfers(name))) {
            unclear("'" + wrapper + "' changes what '" + name + "' is given; send the command itself");
            unclearTransfer(name, "'" + wrapper + "' changes what '" + name + "' is given");
        } else {
            program(words, depth + 1);
        }
    }

    private static boolean isText(String option) {
        return option.startsWith("-") && !option.startsWith("--") && option.indexOf('c') > 0;
    }

    /** Options of env and sudo that split or run text. */
    private static boolean hidesCommand(String name, List<String> words) {
        boolean env = words.stream().anyMatch(word -> Programs.baseName(word).equals("env"));
        boolean splits = env
                && words.stream().anyMatch(word -> word.startsWith("--s") || (isShort(word) && word.indexOf('S') > 0));
        boolean root = name.equals("sudo") || name.equals("doas");
        for (int i = 1; root && i < words.size() && words.get(i).startsWith("-"); i++) {
            String option = words.get(i);
            splits |= option.startsWith("--s") || option.startsWith("--l");
            splits |= isShort(option) && (option.indexOf('s') > 0 || option.indexOf('i') > 0);
        }
        return splits;
    }

    private static boolean isShort(String option) {
        return option.startsWith("-") && !option.startsWith("--");
    }
}
