package io.sallyport.ssh.command;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Command;
import io.sallyport.api.action.FileAccess;
import io.sallyport.api.action.Resource;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What one command line would do.
 *
 * <ol>
 *   <li>The command's accesses are one {@code exec} for each simple command of the line, in order, with its words as segments;
 *       the text that a shell is given by {@code -c} is read like the line itself.
 *   <li>A command that is not opaque runs exactly these, under any shell that follows POSIX. One that is opaque has an access
 *       to an unknown command too: scopes cover that only with {@code **}, and every rule on commands matches it.
 *   <li>A file that is not opaque is named from the root without {@code ..}. The target follows links in it.
 * </ol>
 *
 * @param command the command, with a terminal or without
 * @param files the files that a known transfer command (scp, rsync, git) reads and writes, each an action of its own
 */
public record ExecAnalysis(Command command, List<FileAccess> files) {

    /** A longer line is refused by most systems. */
    private static final int LONGEST = 128 * 1024;

    /** Copies the list. */
    public ExecAnalysis {
        files = List.copyOf(files);
    }

    /** Reads the bytes of an exec request without a terminal. */
    public static ExecAnalysis of(byte[] line) {
        return of(line, false);
    }

    /**
     * Reads the bytes of an exec request.
     *
     * @param terminal whether the command runs in a terminal
     */
    public static ExecAnalysis of(byte[] line, boolean terminal) {
        CommandReading reading = new CommandReading();
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            text = new String(line, StandardCharsets.UTF_8);
            reading.unclear("the line is not valid UTF-8");
        }
        if (line.length > LONGEST) {
            reading.unclear("the line is longer than " + LONGEST + " bytes");
        } else {
            reading.request(text);
        }
        List<Access> accesses = reading.accesses();
        String because = reading.because();
        Analysis analysis = because == null ? Analysis.exact(text, accesses) : Analysis.opaque(text, accesses, because);
        return new ExecAnalysis(new Command(analysis, reading.arguments(), terminal), reading.files());
    }

    /** An interactive shell. */
    public static Command shell(boolean terminal) {
        Resource login = Resource.of(SshVocabulary.ARGUMENTS, "shell");
        return new Command(
                Analysis.exact("shell", List.of(Access.of(SshVocabulary.SHELL, login))), List.of(), terminal);
    }
}
