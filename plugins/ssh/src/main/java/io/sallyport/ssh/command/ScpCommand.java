package io.sallyport.ssh.command;

import io.sallyport.api.action.FileAccess;
import io.sallyport.ssh.command.Transfer.Doing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The target's half of scp: {@code scp -t PATH} receives, {@code scp -f PATH…} sends. What a receiver is sent has its name in
 * the stream, so that it writes the path or something in it.
 */
final class ScpCommand {
    private static final String UNCLEAR = "scp has options with which its files cannot be told";
    private static final String KNOWN = "rpdvqC346BtfTO";

    private ScpCommand() {}

    /** The transfer; null if this is no half of one but a command that copies by itself. */
    static @Nullable Transfer read(List<String> words) {
        StringBuilder options = new StringBuilder();
        int next = 1;
        while (next < words.size()
                && words.get(next).startsWith("-")
                && words.get(next).length() > 1) {
            if (words.get(next++).equals("--")) {
                break;
            }
            options.append(words.get(next - 1), 1, words.get(next - 1).length());
        }
        String given = options.toString();
        boolean receives = given.indexOf('t') >= 0;
        boolean sends = given.indexOf('f') >= 0;
        List<String> paths = words.subList(next, words.size());
        boolean ended = words.get(next - 1).equals("--");
        boolean late = !ended && paths.stream().anyMatch(path -> path.startsWith("-"));
        boolean known = given.chars().allMatch(c -> KNOWN.indexOf(c) >= 0);
        if (!receives && !sends) {
            boolean hides = late || (!known && words.stream().anyMatch(word -> word.equals("-t") || word.equals("-f")));
            return hides ? Transfer.unclear("scp", UNCLEAR) : null;
        }
        boolean counted = receives ? paths.size() == 1 : !paths.isEmpty();
        if (receives == sends || late || !known || !counted || paths.contains("")) {
            return Transfer.unclear("scp", UNCLEAR);
        }
        return receives ? receiver(given, paths) : sender(given, paths);
    }

    private static Transfer receiver(String given, List<String> paths) {
        List<Doing> doings = new ArrayList<>();
        boolean itself = given.indexOf('d') < 0;
        doings.add(new Doing(SshVocabulary.WRITE, itself, true));
        if (given.indexOf('r') >= 0) {
            doings.add(new Doing(SshVocabulary.MKDIR, itself, true));
        }
        if (given.indexOf('p') >= 0) {
            doings.add(new Doing(SshVocabulary.SETATTR, itself, true));
        }
        return Transfer.of("scp", FileAccess.Mode.WRITE, doings, paths);
    }

    private static Transfer sender(String given, List<String> paths) {
        boolean recursive = given.indexOf('r') >= 0;
        List<Doing> doings = new ArrayList<>();
        doings.add(new Doing(SshVocabulary.READ, true, recursive));
        if (recursive) {
            doings.add(new Doing(SshVocabulary.LIST, true, true));
        }
        return Transfer.of("scp", FileAccess.Mode.READ, doings, paths);
    }
}
