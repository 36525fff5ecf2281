package io.sallyport.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --output}, as a mixin: where a command's results go. */
public final class Output {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "How results are printed: ${COMPLETION-CANDIDATES}.",
            defaultValue = "text")
    private Format format = Format.text;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** Made by picocli. */
    public Output() {}

    /** Whether results are JSON. */
    public boolean json() {
        return format == Format.json;
    }

    /** Prints a result: the value as JSON, or the text. */
    public void print(Object value, String text) {
        PrintWriter out = out();
        out.println(json() ? jsonOf(value) : text);
        out.flush();
    }

    /** Prints a result: its JSON as it was written already, or the text. */
    public void printWritten(String json, String text) {
        PrintWriter out = out();
        out.println(json() ? json : text);
        out.flush();
    }

    /** Prints a line that is no result, only for people. */
    public void note(String text) {
        if (!json()) {
            PrintWriter out = out();
            out.println(text);
            out.flush();
        }
    }

    /** Text that came from elsewhere, without the control characters that would command a terminal. */
    public static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean harmless = c == '\n' || c == '\t' || (!Character.isISOControl(c) && !isDirection(c));
            if (harmless) {
                safe.appendCodePoint(c);
            } else {
                safe.append(String.format("\\u%04x", c));
            }
        });
        return safe.toString();
    }

    /** Characters that reorder what a reader sees. */
    private static boolean isDirection(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
    }

    static String jsonOf(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result cannot be written as JSON", e);
        }
    }

    private PrintWriter out() {
        if (command == null) {
            throw new IllegalStateException("the output option is not mixed into a command");
        }
        return command.commandLine().getOut();
    }

    /** The formats, spelled as on the command line. */
    enum Format {
        text,
        json
    }

    /** Adds a line with a label, if there is anything to say. */
    static void line(StringBuilder text, String label, String value) {
        if (!value.isBlank()) {
            text.append(String.format("%-14s %s%n", safe(label), safe(value)));
        }
    }
}
