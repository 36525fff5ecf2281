package io.sallyport.rules.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Command;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLinesTest {
    private static final List<String> RECURSIVE_AND_FORCED = List.of("r", "f");

    private static List<Invocation> line(String text) {
        return CommandLines.invocations(new Command(Analysis.exact(text, List.of()), List.of(), false));
    }

    private static boolean mayRunRm(String text) {
        return line(text).stream().anyMatch(invocation -> invocation.mayRun("rm", RECURSIVE_AND_FORCED));
    }

    @DisplayName("rm with both flags is seen in any spelling and behind any wrapper")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rm -rf /data",
                "rm -fr /data",
                "rm -r -f /data",
                "rm -R -f /data",
                "rm /data -rvf",
                "rm --recursive --force /data",
                "rm --rec --fo /data",
                "ls;rm -rf /data",
                "ls&&rm -rf /data",
                "ls || rm -rf /data",
                "ls\nrm -rf /data",
                "ls | rm -rf /data",
                "(rm -rf /data)",
                "{ rm -rf /data; }",
                "/bin/rm -rf /data",
                "r''m -rf /data",
                "r\"m\" '-rf' /data",
                "\\rm -rf /data",
                "r\\\nm -rf /data",
                "{rm,-rf,/data}",
                "$RM -rf /data",
                "/bin/r? -rf /data",
                "$'\\x72m' -rf /data",
                "env rm -rf /data",
                "env -i A=1 -u B rm -rf /data",
                "env -S 'rm -rf /data'",
                "A=1 rm -rf /data",
                "sudo -n rm -rf /data",
                "sudo -u root -- rm -rf /data",
                "sudo --user root rm -rf /data",
                "sudo --unheard-of value rm -rf /data",
                "timeout -k 5 10 rm -rf /data",
                "nice -n 19 nohup rm -rf /data",
                "bash -c \"rm -rf /data\"",
                "sh -ec 'cd /; rm -rf data'",
                "bash --norc -c 'rm -rf /data'",
                "bash -c \"$X\"",
                "su - deploy -c 'rm -rf /data'",
                "busybox rm -rf /data",
                "busybox sh -c 'rm -rf /data'",
                "xargs rm -rf <<< /data",
                "echo -rf /data | xargs rm",
                "find / -name x -exec rm -rf {} \\;",
                "eval rm -rf /data",
                "eval 'rm -rf /data'",
                "echo $(rm -rf /data)",
                "echo \"`rm -rf /data`\"",
                "cat <(rm -rf /data)",
                "echo ${A:-$(rm -rf /data)}",
                "for i in a b; do rm -rf $i; done",
                "if true; then rm -rf /data; fi",
                "f() { rm -rf /data; }; f",
                "2>/dev/null rm -rf /data",
                "rm $OPTIONS /data",
                "rm {-rf,/data}",
                "cat <<EOF\nit's\nEOF\nrm -rf /data",
                "sh <<'EOF'\nrm -rf /data\nEOF",
                "bash <<< 'rm -rf /data'",
                "echo 'rm -rf /data' | sh",
                "echo cm0gLXJmIC9kYXRh | base64 -d | sudo bash -s",
                "echo x | (cd /; sh)",
                "echo 'rm -rf /data' |& bash -e",
                "unheard-of sh -c 'rm -rf /data'",
                "doas -u root rm -rf /data",
                "setsid -w nohup rm -rf /data",
                "chroot /mnt rm -rf /data",
                "su -c 'rm -rf /data' deploy",
                "bash -lc 'rm -rf /data'",
                "ssh -p 22 other 'rm -rf /data'",
                "setpriv --reuid 1 rm -rf /data",
                "find . -exec sh -c '{}' \\;",
                "ls | xargs -I{} sh -c '{}'",
                "[r]m -rf /data",
                "[[r]]m -rf /data",
                "/bin/sh -c 'rm -f -r /tmp/a > /dev/null 2>&1 && sleep 0'"
            })
    void seesRm(String text) {
        // Given
        String command = text;

        // When
        boolean seen = mayRunRm(command);

        // Then
        assertTrue(seen, () -> line(command).toString());
    }

    @DisplayName("what does not run rm with both flags is not taken for it")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo \"rm -rf is bad\"",
                "echo rm -rf",
                "echo 'a; rm -rf /data'",
                "rm -r /data",
                "rm -f /data",
                "rm *.log",
                "rm -- -rf",
                "ls # rm -rf /data",
                "farm -rf x",
                "find . -exec rm {} \\;",
                "echo hi > rm -rf",
                "sudo systemctl restart site",
                "env A=rm printenv A -rf",
                "seq 20 | xargs -n1 -P20 ssh-add -L | wc -l",
                "printf 4111; sleep 0.3; printf 1111",
                "tar c /etc | (cat > /tmp/x && tar tf /tmp/x | wc -l)",
                "bash --norc",
                "bash -s",
                "cat x | bash /srv/read.sh",
                "false || sh",
                "which bash; ls -c",
                "[ -f /x ] && ls",
                "if [[ -n a ]]; then ls; fi",
                "/bin/sh -c '( umask 77 && mkdir -p \"` echo /tmp `\"&& echo a=\"` echo /tmp/a `\" ) && sleep 0'",
                "echo \"[$SSH_AUTH_SOCK]\"",
                ""
            })
    void passesOthers(String text) {
        // Given
        String command = text;

        // When
        boolean seen = mayRunRm(command);

        // Then
        assertFalse(seen, () -> line(command).toString());
    }

    @DisplayName("a line is read as the programs that it would run")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "sudo -u root timeout 5 ls -l ; [sudo -u root timeout 5 ls -l, timeout 5 ls -l, ls -l]",
                "sh -c 'a \"b c\"' ; [sh -c a \"b c\", a b c]",
                "a >out 2>&1 <in b ; [a b]"
            })
    void listsPrograms(String example) {
        // Given
        String[] parts = example.split(" ; ", 2);

        // When
        List<Invocation> invocations = line(parts[0]);

        // Then
        assertEquals(parts[1], invocations.toString());
    }

    @Test
    @DisplayName("arguments that are known are taken as they are")
    void readsArguments() {
        // Given
        Command array = new Command(
                Analysis.exact("sh -c rm -rf", List.of()), List.of("/bin/sh", "-c", "rm -rf \"$X\""), false);
        Command quoted = new Command(Analysis.exact("echo", List.of()), List.of("echo", "; rm -rf /"), false);

        // When
        boolean shell = CommandLines.invocations(array).stream()
                .anyMatch(invocation -> invocation.mayRun("rm", RECURSIVE_AND_FORCED));
        boolean argument = CommandLines.invocations(quoted).stream()
                .anyMatch(invocation -> invocation.mayRun("rm", RECURSIVE_AND_FORCED));

        // Then
        assertTrue(shell);
        assertFalse(argument);
    }

    @DisplayName("what is nested without end is taken for hidden, in bounded work")
    @ParameterizedTest
    @ValueSource(
            strings = {"sudo ", "$(", "sudo --x ", "sh -c '", "`", "{", "env -S \"", "((", "bash -c \"$(", "eval "})
    void boundsNesting(String unit) {
        // Given
        String text = unit.repeat(20_000);

        // When
        List<Invocation> invocations = line(text);

        // Then
        assertTrue(invocations.size() <= 2_000, () -> invocations.size() + " programs");
    }
}
