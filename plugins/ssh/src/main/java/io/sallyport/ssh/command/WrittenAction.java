package io.sallyport.ssh.command;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Action;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.FileAccess;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.Tunnel;
import io.sallyport.api.action.Verb;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * An action as a person writes it for a tool: {@code shell}, {@code read /etc/hosts}, {@code forward-local 10.0.0.5:5432}, or a
 * command line, which may have {@code exec} in front.
 */
public final class WrittenAction {

    private static final Map<Verb, FileAccess.Mode> FILES = Map.of(
            SshVocabulary.READ, FileAccess.Mode.READ,
            SshVocabulary.WRITE, FileAccess.Mode.WRITE,
            SshVocabulary.LIST, FileAccess.Mode.LIST,
            SshVocabulary.REMOVE, FileAccess.Mode.REMOVE,
            SshVocabulary.RENAME, FileAccess.Mode.RENAME,
            SshVocabulary.LINK, FileAccess.Mode.LINK,
            SshVocabulary.SETATTR, FileAccess.Mode.SET_ATTRIBUTES,
            SshVocabulary.MKDIR, FileAccess.Mode.MAKE_DIRECTORY);

    private WrittenAction() {}

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if a tunnel has no host and port
     */
    public static Action read(String text) {
        String line = text.strip();
        int space = line.indexOf(' ');
        String first = space < 0 ? line : line.substring(0, space);
        String rest = space < 0 ? "" : line.substring(space + 1).strip();
        if (line.equals(SshVocabulary.SHELL.name())) {
            return ExecAnalysis.shell(true);
        }
        if (first.startsWith("forward-")) {
            return tunnel(first, rest);
        }
        for (Map.Entry<Verb, FileAccess.Mode> file : FILES.entrySet()) {
            if (file.getKey().name().equals(first) && rest.startsWith("/")) {
                return Transfer.of(
                                "file",
                                file.getValue(),
                                List.of(new Transfer.Doing(file.getKey(), true, false)),
                                List.of(rest))
                        .files()
                        .get(0);
            }
        }
        String command = first.equals(SshVocabulary.EXEC.name()) && !rest.isEmpty() ? rest : line;
        return ExecAnalysis.of(command.getBytes(StandardCharsets.UTF_8)).command();
    }

    private static Action tunnel(String verb, String destination) {
        int colon = destination.lastIndexOf(':');
        boolean known =
                verb.equals(SshVocabulary.FORWARD_LOCAL.name()) || verb.equals(SshVocabulary.FORWARD_REMOTE.name());
        boolean port = colon > 0 && destination.substring(colon + 1).chars().allMatch(Character::isDigit);
        if (!known || !port || destination.length() - colon < 2 || destination.length() - colon > 6) {
            throw new IllegalArgumentException(
                    "a tunnel is written as forward-local HOST:PORT or forward-remote HOST:PORT");
        }
        String host = destination.substring(0, colon);
        int number = Integer.parseInt(destination.substring(colon + 1));
        Resource resource = SshVocabulary.destination(host, number);
        return new Tunnel(
                Analysis.exact(verb + " " + destination, List.of(Access.of(new Verb(verb), resource))), host, number);
    }
}
