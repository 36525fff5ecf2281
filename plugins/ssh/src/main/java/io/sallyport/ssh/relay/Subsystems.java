package io.sallyport.ssh.relay;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Command;
import io.sallyport.api.action.Resource;
import io.sallyport.ssh.command.SshVocabulary;
import java.util.List;

/** Subsystems that are not read: only a scope that lets pass what it does not understand covers them. */
final class Subsystems {

    private Subsystems() {}

    static Command command(String name) {
        Resource resource = Resource.of(SshVocabulary.ARGUMENTS, "subsystem", name);
        return new Command(
                Analysis.opaque(
                        "subsystem " + name,
                        List.of(Access.of(SshVocabulary.EXEC, resource)),
                        "what a client does in the subsystem is not read"),
                List.of("subsystem", name),
                false);
    }
}
