package io.sallyport.ssh.command;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.FileAccess;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.Verb;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The target's half of a file transfer.
 *
 * @param files what it reads and writes
 * @param unclear why that cannot be told from the command, or null; then the files are any
 */
record Transfer(List<FileAccess> files, @Nullable String unclear) {

    /** Copies the list. */
    Transfer {
        files = List.copyOf(files);
    }

    /** A transfer of which it cannot be told what it touches. */
    static Transfer unclear(String program, String because) {
        return new Transfer(
                List.of(
                        any(program, FileAccess.Mode.READ, because, SshVocabulary.READ, SshVocabulary.LIST),
                        any(
                                program,
                                FileAccess.Mode.WRITE,
                                because,
                                SshVocabulary.WRITE,
                                SshVocabulary.MKDIR,
                                SshVocabulary.REMOVE,
                                SshVocabulary.RENAME,
                                SshVocabulary.LINK,
                                SshVocabulary.SETATTR)),
                because);
    }

    private static FileAccess any(String program, FileAccess.Mode mode, String because, Verb... verbs) {
        List<Access> accesses = new ArrayList<>();
        for (Verb verb : verbs) {
            accesses.add(Access.of(verb, Resource.unknown(SshVocabulary.PATH)));
        }
        String text = program + ": " + verbs[0] + " any file";
        return new FileAccess(Analysis.opaque(text, accesses, because), mode, "");
    }

    /** A transfer that does the same to each of these paths. */
    static Transfer of(String program, FileAccess.Mode mode, List<Doing> doings, List<String> paths) {
        List<FileAccess> files = new ArrayList<>();
        for (String spelled : paths) {
            FilePath path = FilePath.of(spelled);
            List<Access> accesses = new ArrayList<>();
            for (Doing doing : doings) {
                if (doing.itself() && !(doing.below() && path.directory())) {
                    accesses.add(Access.of(doing.verb(), path.itself()));
                }
                if (doing.below()) {
                    accesses.add(Access.of(doing.verb(), path.below()));
                }
            }
            String text = program + ": " + doings.get(0).verb() + " " + spelled;
            Analysis analysis = path.unclear() == null
                    ? Analysis.exact(text, accesses)
                    : Analysis.opaque(text, accesses, path.unclear());
            files.add(new FileAccess(analysis, mode, spelled));
        }
        return new Transfer(files, null);
    }

    /**
     * One thing that is done.
     *
     * @param verb what
     * @param itself whether it is done to what the path names, if that is no directory for certain
     * @param below whether it is done to what lies below the path
     */
    record Doing(Verb verb, boolean itself, boolean below) {}
}
