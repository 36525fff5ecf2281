package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.acceptance.Demo.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Ordinary SSH tools through the gateway")
@SuppressWarnings("NullAway.Init")
final class SshToolsIT {

    private final Demo demo = Demo.shared();
    private final Ssh ssh = Ssh.of(demo, "TOKEN_CI");
    private final List<String> records = new ArrayList<>();
    private final JournalLines journal = new JournalLines(demo.journal());

    @TempDir(factory = Directories.Lettered.class)
    Path directory;

    /** A directory on the host: it runs on this machine. */
    private Path remote;

    private Path local;
    private byte[] content;

    @BeforeEach
    void prepare() throws IOException {
        Ssh.needs("ssh", "sftp", "scp");
        remote = Files.createDirectories(directory.resolve("remote"));
        content = new byte[300_000];
        new Random(7).nextBytes(content);
        local = Files.write(directory.resolve("local.bin"), content);
    }

    private static void succeeded(Run run) {
        assertEquals(0, run.exit(), run.all());
    }

    private void recorded(String type, String text) {
        Demo.await(Duration.ofSeconds(20), () -> {
            try {
                journal.read(records::add);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return records.stream().anyMatch(line -> line.contains(text));
        });
        assertTrue(
                records.stream().anyMatch(line -> line.contains(text) && line.contains(type)),
                () -> "no " + type + " in "
                        + records.stream().filter(line -> line.contains(text)).toList());
    }

    @Test
    @DisplayName("ssh runs a command and gives its output, its errors and its exit status")
    void exec() throws IOException {
        // When
        Run run = ssh.exec("echo tools-out; echo tools-err >&2; exit 5");

        // Then
        assertEquals(5, run.exit(), run.all());
        assertEquals("tools-out\n", run.out());
        assertTrue(run.error().contains("tools-err\n"), run.error());
        recorded("echo tools-out", "tools-out");
    }

    @Test
    @DisplayName("sftp lists, puts, gets, renames and removes")
    void sftp() throws IOException {
        // Given
        Path batch = Files.writeString(
                directory.resolve("batch"), """
                cd %1$s
                put %2$s up.bin
                mkdir dir
                rename up.bin dir/moved.bin
                ls -l dir
                get dir/moved.bin %3$s
                chmod 600 dir/moved.bin
                rm dir/moved.bin
                rmdir dir
                """.formatted(remote, local, directory.resolve("down.bin")));

        // When
        Run run = ssh.tool("sftp", "-o", "BatchMode=no", "-b", batch.toString(), "web1");

        // Then
        succeeded(run);
        assertArrayEquals(content, Files.readAllBytes(directory.resolve("down.bin")));
        assertFalse(Files.exists(remote.resolve("dir")));
        recorded("rename", "moved.bin");
    }

    @Test
    @DisplayName("SSH-18: scp by SFTP and scp by exec copy up and down, directories too")
    void scp() throws IOException {
        // Given
        Path tree = Files.createDirectories(directory.resolve("tree/deeper"));
        Files.write(tree.resolve("file.bin"), content);
        for (List<String> form : List.of(List.of("-s"), List.of("-O"))) {
            String name = "scp" + form.get(0);
            Path down = directory.resolve(name + ".down");

            // When
            Run up = scp(form, local.toString(), "web1:" + remote + "/" + name);
            Run back = scp(form, "web1:" + remote + "/" + name, down.toString());
            Run all = scp(form, "-r", "-p", directory.resolve("tree").toString(), "web1:" + remote + "/" + name + ".d");

            // Then
            succeeded(up);
            succeeded(back);
            succeeded(all);
            assertArrayEquals(content, Files.readAllBytes(down));
            assertArrayEquals(content, Files.readAllBytes(remote.resolve(name + ".d/deeper/file.bin")));
            recorded("write", remote + "/" + name);
        }
    }

    private Run scp(List<String> form, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(form);
        all.addAll(List.of(arguments));
        return ssh.tool("scp", all.toArray(new String[0]));
    }

    @Test
    @DisplayName("SSH-19: rsync copies a tree up and down, and deletes")
    void rsync() throws IOException {
        // Given
        Ssh.needs("rsync");
        Path tree = Files.createDirectories(directory.resolve("tree/deeper"));
        Files.write(tree.resolve("file.bin"), content);
        Path there = Files.createDirectories(remote.resolve("sync"));
        Files.writeString(there.resolve("old"), "old");
        Path back = directory.resolve("back");

        // When
        Run up = ssh.run(new byte[0], List.of("rsync", "-a", "--delete", directory + "/tree/", "web1:" + there + "/"));
        Run down = ssh.run(new byte[0], List.of("rsync", "-az", "web1:" + there + "/", back + "/"));

        // Then
        succeeded(up);
        succeeded(down);
        assertArrayEquals(content, Files.readAllBytes(back.resolve("deeper/file.bin")));
        assertFalse(Files.exists(there.resolve("old")));
        recorded("rsync --server", there.toString());
    }

    @Test
    @DisplayName("SSH-19: git clones, pushes, and says what it says without the gateway where there is no repository")
    void git() throws IOException {
        // Given
        Ssh.needs("git");
        Path bare = remote.resolve("big.git");
        Path clone = directory.resolve("clone");
        succeeded(local("git", "init", "--bare", "-q", "-b", "main", bare.toString()));

        // When
        Run cloned = ssh.run(new byte[0], List.of("git", "clone", "web1:" + bare, clone.toString()));
        Files.write(clone.resolve("file.bin"), content);
        succeeded(local("git", "-C", clone.toString(), "checkout", "-q", "-b", "main"));
        succeeded(local("git", "-C", clone.toString(), "add", "file.bin"));
        succeeded(local(
                "git",
                "-C",
                clone.toString(),
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@example.org",
                "commit",
                "-qm",
                "x"));
        Run pushed = ssh.run(new byte[0], List.of("git", "-C", clone.toString(), "push", "-q", "origin", "main"));
        Run missing = ssh.run(new byte[0], List.of("git", "ls-remote", "web1:" + remote + "/missing.git"));

        // Then
        succeeded(cloned);
        succeeded(pushed);
        assertEquals(128, missing.exit(), missing.all());
        assertEquals(
                "file.bin",
                local("git", "-C", bare.toString(), "ls-tree", "--name-only", "main")
                        .out()
                        .strip());
        recorded("git-receive-pack", bare.toString());
    }

    private Run local(String... command) throws IOException {
        return Demo.run(Map.of("GIT_CONFIG_NOSYSTEM", "1", "HOME", directory.toString()), List.of(command));
    }

    @Test
    @DisplayName("an Ansible playbook runs, with pipelining and without")
    void ansible() throws IOException {
        // Given
        Ssh.needs("ansible-playbook", "sshpass", "python3");
        Path playbook = Files.writeString(directory.resolve("play.yml"), """
                - hosts: all
                  gather_facts: true
                  tasks:
                    - ansible.builtin.copy: { content: "from ansible", dest: "%1$s/ansible.txt" }
                    - ansible.builtin.command: cat %1$s/ansible.txt
                      register: read
                    - ansible.builtin.assert: { that: "read.stdout == 'from ansible'" }
                    - ansible.builtin.file: { path: "%1$s/ansible.txt", state: absent }
                """.formatted(remote));
        for (String pipelining : List.of("False", "True")) {
            Path config = Files.writeString(
                    directory.resolve("ansible.cfg"), """
                    [defaults]
                    host_key_checking = True
                    retry_files_enabled = False
                    local_tmp = %2$s
                    [ssh_connection]
                    pipelining = %3$s
                    ssh_args = -F %1$s -o ControlMaster=auto -o ControlPersist=10 -o ControlPath=%2$s/cm
                    """.formatted(ssh.config(), directory, pipelining));

            // When
            Map<String, String> environment = new java.util.HashMap<>(ssh.environment());
            environment.put("ANSIBLE_CONFIG", config.toString());
            environment.put("ANSIBLE_REMOTE_TMP", remote + "/.ansible");
            environment.remove("SSH_ASKPASS_REQUIRE");
            environment.remove("SSH_ASKPASS");
            Run run = Demo.run(
                    environment,
                    List.of(
                            "ansible-playbook",
                            "-i",
                            "web1,",
                            "-e",
                            "ansible_password=" + demo.variable("TOKEN_CI"),
                            "-e",
                            "ansible_python_interpreter=/usr/bin/python3",
                            playbook.toString()));

            // Then
            succeeded(run);
            assertTrue(run.out().contains("failed=0"), run.out());
        }
        recorded("python3", "AnsiballZ_command.py");
    }
}
