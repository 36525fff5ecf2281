package io.sallyport.ssh.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of shell text as its simple commands, or what keeps it from being read.
 *
 * <ol>
 *   <li>Where {@link #unclear()} is null, every shell that follows POSIX (XCU 2.2, 2.3, 2.9) runs exactly these commands with
 *       exactly these words: bash, dash, ksh, zsh and busybox read them alike. Nothing is expanded, substituted, redirected or
 *       set.
 *   <li>Where it is not null, the commands are those that stand before what is unclear; what follows is not known.
 * </ol>
 *
 * @param commands the words of each command, in order, joined by {@code ;}, {@code &&}, {@code ||} or a pipe
 * @param unclear what is not understood and what to do about it, for the reason of a refusal
 */
record ShellLine(List<List<String>> commands, @Nullable String unclear) {

    /** Copies the list. */
    ShellLine {
        commands = List.copyOf(commands);
    }

    /** Reads a line. */
    static ShellLine read(String text) {
        return new ShellReader(text).read();
    }
}
