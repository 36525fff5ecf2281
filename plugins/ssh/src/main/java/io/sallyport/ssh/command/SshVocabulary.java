package io.sallyport.ssh.command;

import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.Verb;
import io.sallyport.api.action.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The closed set of words with which SSH actions are described. */
public final class SshVocabulary {

    /** A command is run. */
    public static final Verb EXEC = new Verb("exec");

    /** An interactive shell is started. */
    public static final Verb SHELL = new Verb("shell");

    /** A file's content is read. */
    public static final Verb READ = new Verb("read");

    /** A file's content is written. */
    public static final Verb WRITE = new Verb("write");

    /** A directory is listed, or attributes are read. */
    public static final Verb LIST = new Verb("list");

    /** A name is removed. */
    public static final Verb REMOVE = new Verb("remove");

    /** A name is changed. */
    public static final Verb RENAME = new Verb("rename");

    /** A link is made. */
    public static final Verb LINK = new Verb("link");

    /** Attributes are changed. */
    public static final Verb SETATTR = new Verb("setattr");

    /** A directory is made. */
    public static final Verb MKDIR = new Verb("mkdir");

    /** The client connects through the target. */
    public static final Verb FORWARD_LOCAL = new Verb("forward-local");

    /** The target listens for the client. */
    public static final Verb FORWARD_REMOTE = new Verb("forward-remote");

    /** The arguments of a command. */
    public static final ResourceKind ARGUMENTS = new ResourceKind("", ' ', false);

    /** A path of a file on the target. */
    public static final ResourceKind PATH = new ResourceKind("", '/', false);

    /** A host and a port as seen from the target. */
    public static final ResourceKind DESTINATION = new ResourceKind("", ':', false);

    private SshVocabulary() {}

    /** Whether some action does this to a resource of that kind. */
    public static boolean occurs(Verb verb, ResourceKind kind) {
        if (verb.equals(EXEC) || verb.equals(SHELL)) {
            return kind.equals(ARGUMENTS);
        }
        return kind.equals(verb.equals(FORWARD_LOCAL) || verb.equals(FORWARD_REMOTE) ? DESTINATION : PATH);
    }

    /** Everything that an SSH connector may say. */
    public static Vocabulary vocabulary() {
        return new Vocabulary(
                Set.of(
                        EXEC,
                        SHELL,
                        READ,
                        WRITE,
                        LIST,
                        REMOVE,
                        RENAME,
                        LINK,
                        SETATTR,
                        MKDIR,
                        FORWARD_LOCAL,
                        FORWARD_REMOTE),
                Set.of(),
                List.of(ARGUMENTS, PATH, DESTINATION),
                Map.of("clients", new Vocabulary.Baseline(List.of(transfers()), List.of())));
    }

    /**
     * The target's halves of scp and rsync as their clients start them: what counts is what they read and write, which is
     * judged by itself. A line of which that cannot be told has an access that this does not cover.
     */
    private static Vocabulary.Entry transfers() {
        List<String> commands = new ArrayList<>(List.of("rsync --server **"));
        for (int options = 0; options < 16; options++) {
            String given = ((options & 1) == 0 ? "" : "-v ")
                    + ((options & 2) == 0 ? "" : "-r ")
                    + ((options & 4) == 0 ? "" : "-p ")
                    + ((options & 8) == 0 ? "" : "-d ");
            commands.add("scp " + given + "-t **");
            commands.add("scp " + given + "-f **");
        }
        return new Vocabulary.Entry(Set.of(EXEC), commands);
    }

    /** A host and a port as a resource. */
    public static Resource destination(String host, int port) {
        return Resource.of(DESTINATION, host, Integer.toString(port));
    }
}
