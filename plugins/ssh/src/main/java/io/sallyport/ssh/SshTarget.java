package io.sallyport.ssh;

import io.sallyport.api.config.Description;
import java.nio.file.Path;

/**
 * The keys of a target that this connector reads.
 *
 * @param knownHosts the host keys that the target may show
 */
@Description("A host with an SSH server.")
public record SshTarget(
        @Description(
                "File of host keys in the form of OpenSSH's known_hosts: the target shows one of these or is refused.")
        Path knownHosts) {}
