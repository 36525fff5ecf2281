package io.sallyport.ssh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Resource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecAnalysisTest {

    static ExecAnalysis analyse(String line) {
        return ExecAnalysis.of(line.getBytes(StandardCharsets.UTF_8));
    }

    private static List<List<String>> run(String line) {
        return analyse(line).command().accesses().stream()
                .map(Access::resource)
                .filter(Resource::resolved)
                .map(Resource::segments)
                .toList();
    }

    @DisplayName("a plain line is split as every POSIX shell splits it")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "systemctl restart site      | systemctl;restart;site",
                "  ls\t-l   /tmp             | ls;-l;/tmp",
                "r''m \"-r\"f '/a b'         | rm;-rf;/a b",
                "echo \"it's\" 'a\"b'        | echo;it's;a\"b",
                "echo \"a\\\"b\\\\c\\d\"     | echo;a\"b\\c\\d",
                "echo a\\ b \\; '$HOME' '*'  | echo;a b;%3B;$HOME;*",
                "find . -name x -exec cat {} \\;       | find;.;-name;x;-exec;cat;{};%3B",
                "date +%F a=b x#y 1,2 a@b:c=d         | date;+%F;a=b;x#y;1,2;a@b:c=d",
                "echo '' \"\"                | echo;;",
                "cat /srv/größe              | cat;/srv/größe",
                "grep 'a\\.b&c' f            | grep;a\\.b&c;f"
            })
    void splits(String line, String expected) {
        // Given
        List<String> words = List.of(expected.split(";", -1)).stream()
                .map(word -> word.replace("%3B", ";"))
                .toList();

        // When
        ExecAnalysis analysis = analyse(line.replace("\\t", "\t"));

        // Then
        assertFalse(
                analysis.command().opaque(), () -> analysis.command().analysis().opaqueBecause());
        assertEquals(words, analysis.command().argv());
        assertEquals(List.of(words), run(line));
    }

    @DisplayName("a list or a pipeline of plain commands runs each of them")
    @ParameterizedTest
    @ValueSource(strings = {"a b; c", "a b;c;", "a b && c", "a b||c", "a b | c ; "})
    void lists(String line) {
        // When
        ExecAnalysis analysis = analyse(line);

        // Then
        assertFalse(analysis.command().opaque());
        assertEquals(List.of(List.of("a", "b"), List.of("c")), run(line));
        assertEquals(List.of(), analysis.command().argv());
    }

    @DisplayName("what a shell would make of a line beyond splitting it makes it opaque, and an unknown command runs")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "ls *",
                "ls a?",
                "ls [ab]",
                "ls ~",
                "ls a:~/x",
                "echo $HOME",
                "echo \"$HOME\"",
                "echo `id`",
                "echo \"`id`\"",
                "echo $(id)",
                "echo \"a!b\"",
                "!ls",
                "a > f",
                "a 2>&1",
                "a < f",
                "a <<< b",
                "cat <<EOF",
                "a &",
                "a & b",
                "a |& b",
                "a;;b",
                "; a",
                "a &&",
                "a | ; b",
                "a\nb",
                "'a\nb'",
                "\"a\nb\"",
                "a\rb",
                "a\u0000b",
                "'a\u0000b'",
                "a \u007f",
                "(a)",
                "{ a; }",
                "{rm,-rf,/data}",
                "echo a{b,c}",
                "A=1 b",
                "A+=1 b",
                "\"A\"=1 b",
                "if a; then b; fi",
                "! a",
                "time a",
                "a # b",
                "# a",
                "=ls",
                "a ^ b",
                "%1",
                "- ls",
                "'open",
                "\"open",
                "a \\",
                "\\rm -rf /data",
                "'a\\' b",
                "'a\\\\b'",
                "\"Á\\\" ; rm -rf /data #",
                "Á| b",
                "cat à",
                "alias a=b; a",
                "export PATH=/tmp; ls",
                "printf -v PATH /tmp; ls"
            })
    void opaque(String line) {
        // When
        ExecAnalysis analysis = analyse(line);

        // Then
        assertTrue(analysis.command().opaque());
        assertTrue(analysis.command().accesses().stream().map(Access::resource).anyMatch(Resource::unknown));
        assertEquals(List.of(), analysis.command().argv());
    }

    @DisplayName("what stands before the unclear part is known to run")
    @Test
    void partlyKnown() {
        // When
        List<List<String>> known = run("cd /srv && systemctl stop site && rm *");

        // Then
        assertEquals(List.of(List.of("cd", "/srv"), List.of("systemctl", "stop", "site")), known);
    }

    @DisplayName("the text that a shell is given is read like the line itself")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sh -c 'cd /srv && rm -r x'",
                "/bin/bash -lc 'cd /srv && rm -r x'",
                "bash --norc -e -c 'cd /srv && rm -r x' name",
                "bash -o pipefail -c 'cd /srv && rm -r x'",
                "sudo -u app env A=b bash -lc 'cd /srv && rm -r x'",
                "su - app -c 'cd /srv && rm -r x'",
                "busybox sh -c 'cd /srv && rm -r x'",
                "unheard-of -x 3 sh -c 'cd /srv && rm -r x'",
                "sh -c \"sh -c 'cd /srv && rm -r x'\""
            })
    void readsNestedText(String line) {
        // When
        ExecAnalysis analysis = analyse(line);

        // Then
        assertFalse(
                analysis.command().opaque(), () -> analysis.command().analysis().opaqueBecause());
        assertTrue(run(line).containsAll(List.of(List.of("cd", "/srv"), List.of("rm", "-r", "x"))), () -> run(line)
                .toString());
    }

    @DisplayName("a program whose text or input is not read makes the line opaque")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sh",
                "bash -s",
                "bash -s x",
                "sh -",
                "bash /dev/stdin",
                "echo rm | sh",
                "sh -c 'rm $X'",
                "sudo sh -c 'rm *'",
                "sudo -s",
                "sudo -i rm",
                "sudo -nHs rm",
                "env -S 'rm -rf x'",
                "sudo env -vS 'rm -rf x'",
                "fish -c ls",
                "python3 -c 'import os'",
                "python3",
                "perl -ne 'print'",
                "/usr/bin/python3.11 -Ic x",
                "xargs rm",
                "eval ls",
                ". ./x",
                "find . -exec sh -c 'rm {}' \\;",
                "su app",
                "ssh other bash -s",
                "timeout 5 python3 -c x"
            })
    void unread(String line) {
        // When
        ExecAnalysis analysis = analyse(line);

        // Then
        assertTrue(analysis.command().opaque());
        assertNotNull(analysis.command().analysis().opaqueBecause());
    }

    @DisplayName("a script or a program of the target is known by its name")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bash /srv/deploy.sh now",
                "sh -eu /srv/deploy.sh",
                "python3 /srv/report.py -c x",
                "python3 -m pip list",
                "perl --version",
                "sudo systemctl restart site",
                "sudo -n -u app /srv/run -s",
                "which bash",
                "find . -exec cat {} \\;",
                "git status"
            })
    void named(String line) {
        // When
        ExecAnalysis analysis = analyse(line);

        // Then
        assertFalse(
                analysis.command().opaque(), () -> analysis.command().analysis().opaqueBecause());
        assertEquals(1, run(line).size());
        assertEquals(List.of(), analysis.files());
    }

    @DisplayName("a line that is not UTF-8 is opaque")
    @Test
    void notUtf8() {
        // When
        ExecAnalysis analysis = ExecAnalysis.of(new byte[] {'l', 's', ' ', (byte) 0xE9});

        // Then
        assertTrue(analysis.command().opaque());
        assertEquals(
                "the line is not valid UTF-8", analysis.command().analysis().opaqueBecause());
    }

    @DisplayName("a line of the greatest length is read in bounded work")
    @ParameterizedTest
    @ValueSource(strings = {"sudo ", "sh -c ", "a;", "'", "\"", "\\", "bash -c 'sudo ", "git ", "find sh -c "})
    void bounded(String unit) {
        // Given
        String line = unit.repeat(120_000 / unit.length());

        // When
        ExecAnalysis analysis = analyse(line);

        // Then
        assertTrue(analysis.command().accesses().size() < 5_000);
    }
}
