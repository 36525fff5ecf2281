package io.sallyport.ssh.command;

import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Command;
import io.sallyport.api.action.FileAccess;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What one command line would do.
 *
 * @param command the command, with a terminal or without
 * @param files the files that a known transfer command (scp, rsync, git) reads and writes, each an action of its own
 */
public record ExecAnalysis(Command command, List<FileAccess> files) {

    /** Copies the list. */
    public ExecAnalysis {
        files = List.copyOf(files);
    }

    /** Reads the bytes of an exec request. */
    public static ExecAnalysis of(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        return new ExecAnalysis(
                new Command(Analysis.opaque(text, List.of(), "command lines are not read"), List.of(), false),
                List.of());
    }
}
