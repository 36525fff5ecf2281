/**
 * Reads the SFTP protocol, version 3 (draft-ietf-secsh-filexfer-02 and OpenSSH's PROTOCOL file). The two streams of a subsystem
 * come in from the relay room; each request that names a file becomes an action with the path that the target says it is; what
 * goes out, to the relay room, is the requests that are allowed and the answers to them.
 */
@NullMarked
package io.sallyport.ssh.sftp;

import org.jspecify.annotations.NullMarked;
