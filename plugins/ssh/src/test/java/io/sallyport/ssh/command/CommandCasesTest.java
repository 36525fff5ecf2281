package io.sallyport.ssh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sallyport.api.action.Action;
import io.sallyport.api.action.Verb;
import io.sallyport.api.config.ResourcePattern;
import io.sallyport.decision.ResourceGlob;
import io.sallyport.decision.Scope;
import io.sallyport.rules.Rule;
import io.sallyport.rules.RuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandCasesTest {
    private static final RuleBook NO_RM = new RuleBook(List.of(
            new Rule("S1", List.of(), List.of(), List.of(), null, "rm", List.of("r", "f"), false, "not through here")));

    private static ResourcePattern pattern(String text) {
        return ResourceGlob.parse(text, SshVocabulary.vocabulary().kinds());
    }

    /** An allow-list as a grant has it, with the connector's baseline. */
    private static Scope allowing(String... entries) {
        List<Scope.Entry> scope = new ArrayList<>();
        SshVocabulary.vocabulary().baselines().values().stream()
                .flatMap(baseline -> baseline.entries().stream())
                .forEach(entry -> scope.add(new Scope.Entry(
                        Set.of("exec"),
                        entry.resources().stream()
                                .map(CommandCasesTest::pattern)
                                .toList(),
                        List.of())));
        for (String entry : entries) {
            int space = entry.indexOf(' ');
            scope.add(new Scope.Entry(
                    Set.of(entry.substring(0, space)), List.of(pattern(entry.substring(space + 1))), List.of()));
        }
        return new Scope(scope);
    }

    private static boolean passes(Scope scope, Action action, boolean opaqueAllowed) {
        return (opaqueAllowed || !action.opaque()) && scope.firstUncovered(action.accesses(), opaqueAllowed) == null;
    }

    private static boolean passes(Scope scope, String line, boolean opaqueAllowed) {
        ExecAnalysis analysis = ExecAnalysisTest.analyse(line);
        return passes(scope, analysis.command(), opaqueAllowed)
                && analysis.files().stream().allMatch(file -> passes(scope, file, opaqueAllowed));
    }

    @DisplayName("SSH-24: rm with both flags is denied however it is written")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls;rm -rf /data",
                "ls&&rm -rf /data",
                "ls\nrm -rf /data",
                "/bin/rm -rf /data",
                "rm -r -f /data",
                "rm --recursive --force /data",
                "rm -fr /data",
                "rm --rec --fo /data",
                "r''m -rf /data",
                "\\rm -rf /data",
                "env rm -rf /data",
                "sudo -n rm -rf /data",
                "{rm,-rf,/data}",
                "bash -c \"rm -rf /data\"",
                "xargs rm -rf <<< /data",
                "echo 'rm -rf /data' | sh"
            })
    void denies(String line) {
        // When
        Action command = ExecAnalysisTest.analyse(line).command();

        // Then
        assertNotNull(NO_RM.first(command));
    }

    @Test
    @DisplayName("SSH-24: text about rm is not rm")
    void allowsText() {
        // When
        Action command = ExecAnalysisTest.analyse("echo \"rm -rf is bad\"").command();

        // Then
        assertNull(NO_RM.first(command));
    }

    @DisplayName("SSH-25: an allow-list of commands lets those run and nothing else")
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "pwd, true",
                "'pwd', true",
                "systemctl status sshd, true",
                "systemctl status 'a b', true",
                "systemctl status sshd --no-pager, false",
                "systemctl status --all, false",
                "systemctl stop sshd, false",
                "pwd; id, false",
                "pwd && pwd, true",
                "pwd | systemctl status sshd, true",
                "pwd > /etc/passwd, false",
                "pwd $(id), false",
                "A=1 pwd, false",
                "/tmp/pwd, false",
                "sudo pwd, false",
                "sh -c pwd, false",
                "bash, false"
            })
    void allowList(String line, boolean allowed) {
        // Given
        Scope scope = allowing("exec pwd", "exec systemctl status *");

        // When
        boolean passed = passes(scope, line, false);

        // Then
        assertEquals(allowed, passed);
    }

    @Test
    @DisplayName("SSH-25: an allow-list of commands refuses the interactive shell")
    void allowListWithoutShell() {
        // Given
        Scope scope = allowing("exec pwd", "exec systemctl status *");

        // When
        boolean passed = passes(scope, ExecAnalysis.shell(true), true);

        // Then
        assertFalse(passed);
    }

    @DisplayName("SSH-25: where opaque lines may pass, they pass under everything only")
    @ParameterizedTest
    @CsvSource({"exec pwd, false", "exec pwd **, false", "exec **, true"})
    void opaque(String entry, boolean allowed) {
        // Given
        Scope scope = allowing(entry);

        // When
        boolean passed = passes(scope, "pwd $(id)", true);

        // Then
        assertEquals(allowed, passed);
    }

    @DisplayName("SSH-18: scp by exec obeys the rules on files, and needs no others")
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "scp -t /srv/site/, true",
                "scp -v -p -t /srv/site/a, false",
                "scp -t /srv/site/../../etc/cron.d, false",
                "scp -t /etc/cron.d, false",
                "scp -t x, false",
                "scp -r -f /srv/log, false",
                "scp -r -f /srv/log/old, true",
                "scp -f /etc/passwd, false",
                "scp -f /srv/log/a /etc/passwd, false",
                "scp -f /etc/pass*, false",
                "scp -S /tmp/evil -t /srv/site/, false",
                "scp /srv/log/a other:/tmp, false",
                "rsync --server -e.iLsfxCIvu . /srv/site/a, true",
                "rsync --server --sender -e.iLsfxCIvu . /srv/log/a, true",
                "rsync --server --sender -e.iLsfxCIvu . /etc/passwd, false",
                "rsync --server --daemon --config=/srv/site/x ., false",
                "git-upload-pack /srv/log/a.git, false"
            })
    void filesAlone(String line, boolean allowed) {
        // Given
        Scope scope = allowing("write /srv/site/**", "read /srv/log/**", "list /srv/log/**");

        // When
        List<Boolean> passed = List.of(passes(scope, line, false), passes(scope, line, true));

        // Then
        assertEquals(List.of(allowed, allowed), passed);
    }

    @DisplayName("SSH-18: a rule on files bites on every transfer that may touch them")
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "scp -f /etc/passwd, true",
                "scp -r -f /, true",
                "scp -r -f /etc, true",
                "scp -f ../../etc/passwd, true",
                "scp -r -f ., true",
                "scp -f /etc/pass*, true",
                "rsync --server --sender -logDtpre.iLsf . /etc, true",
                "sudo scp -f /etc/passwd, true",
                "/usr/lib/openssh/sftp-server, true",
                "scp -f /etc/hosts, false",
                "scp -r -f /srv, false",
                "scp -t /etc/passwd, false"
            })
    void rulesOnFiles(String line, boolean denied) {
        // Given
        RuleBook rules = new RuleBook(List.of(new Rule(
                null,
                List.of(new Verb("read")),
                List.of(pattern("/etc/passwd")),
                List.of(),
                null,
                null,
                List.of(),
                false,
                null)));

        // When
        boolean matched = ExecAnalysisTest.analyse(line).files().stream().anyMatch(file -> rules.first(file) != null);

        // Then
        assertEquals(denied, matched);
    }
}
