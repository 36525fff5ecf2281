package io.sallyport.ssh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Access;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random lines, as this machine's shells split them. */
class ShellAgreementTest {
    private static final int LINES = 20_000;

    private static final String[] PIECES = {
        "a",
        "b",
        "-r",
        "/",
        ".",
        "=",
        ":",
        "~",
        "é",
        "Á",
        " ",
        " ",
        "  ",
        "'",
        "'",
        "\"",
        "\"",
        "\\",
        "\\\\",
        ";",
        "; show ",
        " && show ",
        "&",
        "$",
        "$a",
        "*",
        "?",
        "[",
        "]",
        "{}",
        "{",
        "}",
        "!",
        "#",
        "^",
        "%",
        "@",
        "+",
        ",",
        "\t",
        "'a b'",
        "\"a b\"",
        "\\ ",
        "\\;",
        "(",
        ")",
        "if",
        "show"
    };

    private final Path directory;

    ShellAgreementTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @DisplayName("a line that is not opaque is split as the shell splits it")
    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/bash", "/bin/dash", "/usr/bin/zsh", "/usr/bin/ksh", "/bin/busybox"})
    void agrees(String shell) throws Exception {
        // Given
        Assumptions.assumeTrue(Files.isExecutable(Path.of(shell)), shell + " is not installed");
        List<String> lines = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        Random random = new Random(20_261_125);
        for (int i = 0; i < LINES; i++) {
            String line = "show " + line(random);
            ExecAnalysis analysis = ExecAnalysisTest.analyse(line);
            boolean shows = analysis.command().accesses().stream()
                    .allMatch(access -> access.resource().segments().get(0).equals("show"));
            if (shows && !analysis.command().opaque()) {
                lines.add(line);
                for (Access access : analysis.command().accesses()) {
                    expected.add(shown(access));
                    sources.add(line);
                }
            }
        }

        // When
        List<String> shown = run(shell, lines);

        // Then
        assertTrue(lines.size() > LINES / 50, () -> "only " + lines.size() + " lines were plain");
        for (int i = 0; i < Math.min(shown.size(), expected.size()); i++) {
            assertEquals(expected.get(i), shown.get(i), sources.get(i));
        }
        assertEquals(expected.size(), shown.size());
    }

    private static String line(Random random) {
        StringBuilder line = new StringBuilder();
        for (int i = random.nextInt(9); i >= 0; i--) {
            line.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return line.toString();
    }

    private static String shown(Access access) {
        List<String> words = access.resource().segments();
        StringBuilder text = new StringBuilder("show");
        words.subList(1, words.size())
                .forEach(word -> text.append('<').append(word).append('>'));
        return text.toString();
    }

    private List<String> run(String shell, List<String> lines) throws Exception {
        Path script = Files.writeString(directory.resolve("script"), """
                PATH=/nowhere
                show() { printf show; if [ $# -gt 0 ]; then printf '<%s>' "$@"; fi; printf '\\n'; }
                while IFS= read -r line; do eval "$line"; done < lines
                """);
        Files.write(directory.resolve("lines"), lines, StandardCharsets.UTF_8);
        Path out = directory.resolve("out");
        List<String> command =
                shell.endsWith("busybox") ? List.of(shell, "sh", script.toString()) : List.of(shell, script.toString());
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        try (Stream<String> shown = Files.lines(out)) {
            return shown.toList();
        }
    }
}
