package io.sallyport.ssh.command;

import io.sallyport.api.action.FileAccess;
import io.sallyport.ssh.command.Transfer.Doing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The target's half of git: {@code git-upload-pack PATH} and {@code git-upload-archive PATH} read a repository,
 * {@code git-receive-pack PATH} writes one. Git looks for the repository under the path and under the path with {@code .git}.
 */
final class GitCommand {
    private static final Set<String> PACKS = Set.of("upload-pack", "receive-pack", "upload-archive");

    private static final Set<String> OPTIONS = Set.of(
            "--strict",
            "--no-strict",
            "--stateless-rpc",
            "--advertise-refs",
            "--http-backend-info-refs",
            "--skip-connectivity-check");

    private GitCommand() {}

    /** The transfer; null if this serves no repository. */
    static @Nullable Transfer read(String name, List<String> words) {
        if (name.startsWith("git-") && PACKS.contains(name.substring(4))) {
            return pack(name.substring(4), words.subList(1, words.size()));
        }
        if (!name.equals("git") || words.stream().noneMatch(PACKS::contains)) {
            return null;
        }
        return PACKS.contains(words.get(1))
                ? pack(words.get(1), words.subList(2, words.size()))
                : Transfer.unclear(
                        "git", "git has options before its command; call git-upload-pack or git-receive-pack");
    }

    private static Transfer pack(String command, List<String> arguments) {
        List<String> paths = new ArrayList<>(arguments);
        paths.removeIf(OPTIONS::contains);
        if (paths.size() != 1
                || paths.get(0).isEmpty()
                || "-~".indexOf(paths.get(0).charAt(0)) >= 0) {
            return Transfer.unclear("git", "git is to serve a repository that cannot be told from its arguments");
        }
        String path = stripped(paths.get(0));
        List<String> places = path.endsWith(".git") ? List.of(path) : List.of(path, path + ".git");
        boolean writes = command.equals("receive-pack");
        List<Doing> doings = List.of(new Doing(writes ? SshVocabulary.WRITE : SshVocabulary.READ, false, true));
        return Transfer.of("git " + command, writes ? FileAccess.Mode.WRITE : FileAccess.Mode.READ, doings, places);
    }

    private static String stripped(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
