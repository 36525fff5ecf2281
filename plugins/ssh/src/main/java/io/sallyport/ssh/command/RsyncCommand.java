package io.sallyport.ssh.command;

import io.sallyport.api.action.FileAccess;
import io.sallyport.ssh.command.Transfer.Doing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The target's half of rsync, {@code rsync --server [--sender] OPTIONS . PATH…}, as rsync 2.6 to 3.4 send it. Options that name
 * further files or programs make it unclear.
 */
final class RsyncCommand {
    /** Short options that touch no other file; {@code e} ends the cluster with the client's capabilities. */
    private static final String SHORT = "vlogDtprAXHzucniSWxOJKkLRbdmhyqEUN46";

    private static final Set<String> LONG = Set.of(
            "--server",
            "--sender",
            "--recursive",
            "--links",
            "--perms",
            "--times",
            "--owner",
            "--group",
            "--devices",
            "--specials",
            "--numeric-ids",
            "--inplace",
            "--append",
            "--append-verify",
            "--partial",
            "--sparse",
            "--preallocate",
            "--whole-file",
            "--no-whole-file",
            "--size-only",
            "--ignore-times",
            "--existing",
            "--ignore-existing",
            "--ignore-errors",
            "--ignore-missing-args",
            "--update",
            "--checksum",
            "--dry-run",
            "--safe-links",
            "--copy-unsafe-links",
            "--copy-links",
            "--munge-links",
            "--keep-dirlinks",
            "--copy-dirlinks",
            "--no-implied-dirs",
            "--relative",
            "--no-relative",
            "--dirs",
            "--no-r",
            "--delete",
            "--delete-before",
            "--delete-during",
            "--delete-delay",
            "--delete-after",
            "--delete-excluded",
            "--delete-missing-args",
            "--force",
            "--compress",
            "--new-compress",
            "--old-compress",
            "--fuzzy",
            "--stats",
            "--one-file-system",
            "--omit-dir-times",
            "--omit-link-times",
            "--executability",
            "--super",
            "--fake-super",
            "--from0",
            "--backup",
            "--msgs2stderr",
            "--remove-source-files",
            "--remove-sent-files",
            "--open-noatime",
            "--fsync",
            "--mkpath",
            "--no-msgs2stderr");

    private static final List<String> WITH_VALUE = List.of(
            "--log-format=",
            "--out-format=",
            "--info=",
            "--debug=",
            "--timeout=",
            "--bwlimit=",
            "--compress-level=",
            "--compress-choice=",
            "--checksum-choice=",
            "--checksum-seed=",
            "--modify-window=",
            "--max-delete=",
            "--max-size=",
            "--min-size=",
            "--block-size=",
            "--iconv=",
            "--usermap=",
            "--groupmap=",
            "--chmod=",
            "--max-alloc=",
            "--protocol=",
            "--stop-at=",
            "--stop-after=",
            "--suffix=");

    private static final String UNCLEAR = "rsync has options with which its files cannot be told";

    private final StringBuilder letters = new StringBuilder();
    private final List<String> longs = new ArrayList<>();
    private final List<String> operands = new ArrayList<>();
    private boolean known = true;

    private RsyncCommand() {}

    /** The transfer; null if this is no half of one but a command that copies by itself. */
    static @Nullable Transfer read(List<String> words) {
        if (words.stream().noneMatch(word -> word.startsWith("--server") || word.startsWith("--daemon"))) {
            return null;
        }
        RsyncCommand command = new RsyncCommand();
        words.subList(1, words.size()).forEach(command::take);
        return command.transfer();
    }

    private void take(String word) {
        if (!word.startsWith("-")) {
            operands.add(word);
        } else if (!operands.isEmpty()) {
            known = false;
        } else if (word.startsWith("--")) {
            longs.add(word);
            known &= LONG.contains(word) || WITH_VALUE.stream().anyMatch(word::startsWith);
        } else {
            cluster(word);
        }
    }

    private void cluster(String word) {
        for (int i = 1; i < word.length() && word.charAt(i) != 'e'; i++) {
            char c = word.charAt(i);
            known &= SHORT.indexOf(c) >= 0;
            letters.append(c);
        }
        known &= word.length() > 1;
    }

    private Transfer transfer() {
        boolean sends = longs.contains("--sender");
        boolean counted = sends ? operands.size() >= 2 : operands.size() == 2;
        if (!known
                || !counted
                || !operands.get(0).equals(".")
                || !longs.contains("--server")
                || operands.contains("")) {
            return Transfer.unclear("rsync", UNCLEAR);
        }
        List<String> paths = operands.subList(1, operands.size());
        return sends
                ? Transfer.of("rsync", FileAccess.Mode.READ, sending(), paths)
                : Transfer.of("rsync", FileAccess.Mode.WRITE, receiving(), paths);
    }

    private List<Doing> sending() {
        boolean recursive = has("rd", "--recursive", "--dirs");
        List<Doing> doings = new ArrayList<>();
        doings.add(new Doing(SshVocabulary.READ, true, recursive));
        if (recursive) {
            doings.add(new Doing(SshVocabulary.LIST, true, true));
        }
        if (has("", "--remove-s")) {
            doings.add(new Doing(SshVocabulary.REMOVE, true, recursive));
        }
        return doings;
    }

    private List<Doing> receiving() {
        List<Doing> doings = new ArrayList<>();
        doings.add(new Doing(SshVocabulary.WRITE, true, true));
        if (has("rdR", "--recursive", "--dirs", "--relative", "--mkpath")) {
            doings.add(new Doing(SshVocabulary.MKDIR, true, true));
        }
        if (has("lHD", "--links", "--devices", "--specials")) {
            doings.add(new Doing(SshVocabulary.LINK, true, true));
        }
        if (has("ptogAXE", "--perms", "--times", "--owner", "--group", "--executability", "--chmod", "--fake-super")) {
            doings.add(new Doing(SshVocabulary.SETATTR, true, true));
        }
        if (has("", "--delete", "--force", "--max-delete")) {
            doings.add(new Doing(SshVocabulary.REMOVE, true, true));
        }
        if (has("b", "--backup")) {
            doings.add(new Doing(SshVocabulary.RENAME, true, true));
        }
        return doings;
    }

    private boolean has(String any, String... beginnings) {
        if (any.chars().anyMatch(c -> letters.indexOf(String.valueOf((char) c)) >= 0)) {
            return true;
        }
        return longs.stream().anyMatch(option -> List.of(beginnings).stream().anyMatch(option::startsWith));
    }
}
