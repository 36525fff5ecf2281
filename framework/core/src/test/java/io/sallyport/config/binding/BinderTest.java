package io.sallyport.config.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.Trait;
import io.sallyport.api.action.Verb;
import io.sallyport.api.config.ByteSize;
import io.sallyport.api.config.Default;
import io.sallyport.api.config.HostPort;
import io.sallyport.api.config.ResourcePattern;
import io.sallyport.api.config.Secret;
import io.sallyport.api.config.TextPattern;
import io.sallyport.decision.Re2Text;
import io.sallyport.decision.ResourceGlob;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinderTest {

    private static final BindingWords WORDS = new BindingWords(
            Set.of(new Verb("select"), new Verb("insert"), new Verb("copy-out")),
            Set.of(new Trait("no-where")),
            text -> ResourceGlob.parse(text, List.of(new ResourceKind("", '.', true))),
            Re2Text::compile);

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private Problems problems = new Problems("sallyport.yaml");

    BinderTest(@TempDir Path directory) {
        this.directory = directory;
    }

    enum Level {
        NOT_AT_ALL,
        FULL
    }

    record Inner(int count, @Default("x") String word) {}

    record Everything(
            String text,
            boolean flag,
            int number,
            long large,
            Level level,
            Duration time,
            ByteSize size,
            Path path,
            URI url,
            HostPort host,
            Secret secret,
            Verb verb,
            Trait trait,
            ResourcePattern resource,
            TextPattern pattern,
            LocalDate date,
            LocalTime clock,
            ZoneId zone,
            Inner inner,
            List<Inner> inners,
            Set<Level> levels,
            Map<String, String> labels) {}

    @Test
    @DisplayName("every type of the contract is bound from its spelling")
    void everyType() {
        // Given
        String text = """
                text: 42
                flag: true
                number: -3
                large: 9000000000
                level: not-at-all
                time: 500ms
                size: 16MiB
                path: ./conf/../keys/a
                url: https://a.example/x
                host: "[::1]:5432"
                secret: hunter2
                verb: copy-out
                trait: no-where
                resource: public.*
                pattern: "a+b"
                date: 2027-06-30
                clock: "01:00"
                zone: Europe/Berlin
                inner: { count: 1 }
                inners: [ { count: 2, word: y } ]
                levels: [full]
                labels: { env: prod, tier: "1" }
                """;

        // When
        Everything bound = bound(text, Everything.class);

        // Then
        assertEquals("42", bound.text());
        assertTrue(bound.flag());
        assertEquals(-3, bound.number());
        assertEquals(9_000_000_000L, bound.large());
        assertEquals(Level.NOT_AT_ALL, bound.level());
        assertEquals(Duration.ofMillis(500), bound.time());
        assertEquals(new ByteSize(16 << 20), bound.size());
        assertEquals(directory.resolve("keys/a"), bound.path());
        assertEquals(URI.create("https://a.example/x"), bound.url());
        assertEquals(new HostPort("::1", 5432), bound.host());
        assertEquals(Secret.of("hunter2"), bound.secret());
        assertEquals(new Verb("copy-out"), bound.verb());
        assertEquals(new Trait("no-where"), bound.trait());
        assertEquals("public.*", bound.resource().toString());
        assertTrue(bound.pattern().find("xaab"));
        assertEquals(LocalDate.of(2027, 6, 30), bound.date());
        assertEquals(LocalTime.of(1, 0), bound.clock());
        assertEquals(ZoneId.of("Europe/Berlin"), bound.zone());
        assertEquals(new Inner(1, "x"), bound.inner());
        assertEquals(List.of(new Inner(2, "y")), bound.inners());
        assertEquals(Set.of(Level.FULL), bound.levels());
        assertEquals(Map.of("env", "prod", "tier", "1"), bound.labels());
    }

    record Defaulted(
            @Default("10s") Duration loginTimeout,
            @Default("[a, b]") List<String> names,
            @Default("{}") Map<String, String> labels,
            @Default("{}") Nested nested,
            @Default("./data") Path data,
            @Default("[*]-{x}") String text,
            @Nullable String absent,
            @Nullable Integer number) {}

    record Nested(@Default("7") int seven) {}

    @Test
    @DisplayName("absent keys take the default as it would be spelled, or null")
    void defaults() {
        // When
        Defaulted bound = bound("{}", Defaulted.class);

        // Then
        assertEquals(Duration.ofSeconds(10), bound.loginTimeout());
        assertEquals(List.of("a", "b"), bound.names());
        assertEquals(Map.of(), bound.labels());
        assertEquals(new Nested(7), bound.nested());
        assertEquals(directory.resolve("data"), bound.data());
        assertEquals("[*]-{x}", bound.text());
        assertNull(bound.absent());
        assertNull(bound.number());
    }

    record Grants(List<GrantLike> grants) {}

    record GrantLike(String name, List<ScopeLike> scope) {}

    record ScopeLike(
            Set<Verb> verbs,
            List<ResourcePattern> resources,
            @Default("10s") Duration time) {}

    @Test
    @DisplayName("all problems come in one report, each with its path, its line and the nearest word")
    void oneReport() {
        // Given
        String text = """
                grants:
                  - nam: nightly
                    scope:
                      - verbs: [selct, insert]
                        resources: ["public.**.x"]
                        time: soon
                """;

        // When
        List<String> report = problemsOf(text, Grants.class);

        // Then
        assertEquals(
                List.of(
                        "sallyport.yaml:2: grants[0].nam: unknown key 'nam'; did you mean 'name'?",
                        "sallyport.yaml:2: grants[0]: the key 'name' is missing",
                        "sallyport.yaml:4: grants[0].scope[0].verbs[0]: unknown verb 'selct'; did you mean 'select'?",
                        "sallyport.yaml:5: grants[0].scope[0].resources[0]: 'public.**.x': ** stands for the rest and comes"
                                + " last",
                        "sallyport.yaml:6: grants[0].scope[0].time: 'soon' is not a duration such as 500ms, 10s, 15m, 2h or"
                                + " 400d"),
                report);
    }

    @Test
    @DisplayName("in a list of verbs a star is every declared verb")
    void everyVerb() {
        // When
        ScopeLike bound = bound("{ verbs: ['*'], resources: ['**'] }", ScopeLike.class);

        // Then
        assertEquals(WORDS.verbs(), bound.verbs());
    }

    record Texts(String text) {}

    record Numbers(int number, @Default("x") String word) {}

    record Secrets(Secret secret) {}

    @Test
    @DisplayName("references are resolved within a value, and claim templates stay as they are")
    void references() throws IOException {
        // Given
        environment.put("USER", "app");
        Files.writeString(directory.resolve("host"), "db.internal\n");

        // When
        Texts bound = bound("text: '${env:USER}@${file:host}/${ref}'", Texts.class);

        // Then
        assertEquals("app@db.internal/${ref}", bound.text());
    }

    @Test
    @DisplayName("what a reference brings in is not searched for references")
    void notTwice() {
        // Given
        environment.put("A", "${env:B}");
        environment.put("B", "b");

        // When
        Texts bound = bound("text: ${env:A}", Texts.class);

        // Then
        assertEquals("${env:B}", bound.text());
    }

    @Test
    @DisplayName("a secret is the bytes of its file without the last line end, whatever they are")
    void secretFile() throws IOException {
        // Given
        Files.write(directory.resolve("key"), new byte[] {(byte) 0xFF, 1, '\n', '\r', '\n'});

        // When
        Secrets bound = bound("secret: ${file:key}", Secrets.class);

        // Then
        assertEquals(Secret.of(new byte[] {(byte) 0xFF, 1, '\n'}), bound.secret());
    }

    @Test
    @DisplayName("an empty secret is a problem, however it comes to be empty")
    void emptySecret() throws IOException {
        // Given
        Files.writeString(directory.resolve("empty"), "\n");
        environment.put("EMPTY", "");

        // Then
        for (String text : List.of("secret: ${file:empty}", "secret: ${env:EMPTY}", "secret: ''")) {
            assertEquals(List.of("sallyport.yaml:1: secret: the secret is empty"), problemsOf(text, Secrets.class));
        }
    }

    @Test
    @DisplayName("a reference that cannot be resolved is a problem: unset, missing, unknown, open")
    void brokenReferences() {
        assertEquals(
                List.of("sallyport.yaml:1: text: the environment variable NONE is not set"),
                problemsOf("text: ${env:NONE}", Texts.class));
        assertEquals(
                List.of("sallyport.yaml:1: secret: the file none does not exist"),
                problemsOf("secret: ${file:none}", Secrets.class));
        assertEquals(
                List.of("sallyport.yaml:1: text: unknown reference 'flie'; did you mean 'file'?"),
                problemsOf("text: ${flie:x}", Texts.class));
        assertEquals(
                List.of("sallyport.yaml:1: text: a reference is not closed with '}'"),
                problemsOf("text: '${file:x'", Texts.class));
    }

    @Test
    @DisplayName("no problem shows what a reference brought in")
    void referencedValueHidden() {
        // Given
        environment.put("TOKEN", "s3cr3t-value");

        // When
        List<String> report = problemsOf("number: ${env:TOKEN}", Numbers.class);

        // Then
        assertEquals(List.of("sallyport.yaml:1: number: '***' is not a whole number"), report);
    }

    record Telltale(Secret secret) {
        Telltale {
            throw new IllegalArgumentException("bad: " + new String(secret.copy(), StandardCharsets.UTF_8));
        }
    }

    @Test
    @DisplayName("a record that quotes its secret in a refusal is not quoted")
    void telltale() throws IOException {
        // Given
        Files.writeString(directory.resolve("key"), "hunter2");

        // When
        List<String> report = problemsOf("secret: ${file:key}", Telltale.class);

        // Then
        assertEquals(List.of("sallyport.yaml:1: refused; the reason would show a secret"), report);
    }

    record Picky(int port) {
        Picky {
            if (port < 1024) {
                throw new IllegalArgumentException("the port is below 1024");
            }
        }
    }

    record Holder(Picky inner) {}

    @Test
    @DisplayName("a record's own refusal is a problem at its place")
    void ownRefusal() {
        assertEquals(
                List.of("sallyport.yaml:2: inner: the port is below 1024"),
                problemsOf("inner:\n  port: 80\n", Holder.class));
    }

    @Test
    @DisplayName("a value of the wrong shape is a problem, also one that is left out")
    void wrongShapes() {
        assertEquals(
                List.of("sallyport.yaml:1: text: expected a single value, found a list"),
                problemsOf("text: [a]", Texts.class));
        assertEquals(
                List.of("sallyport.yaml:1: grants: expected a list, found a mapping"),
                problemsOf("grants: {}", Grants.class));
        assertEquals(
                List.of("sallyport.yaml:1: inner: expected keys and values, found a single value"),
                problemsOf("inner: 5", Holder.class));
        assertEquals(
                List.of("sallyport.yaml:1: text: the key has no value; give it one or leave it out"),
                problemsOf("text:", Texts.class));
        assertEquals(
                List.of(
                        "sallyport.yaml:1: text: the key has no value; give it one or leave it out; the word itself stands"
                                + " in quotes"),
                problemsOf("text: null", Texts.class));
        assertEquals(
                List.of("sallyport.yaml:1: expected keys and values, found a list"), problemsOf("[a]", Texts.class));
    }

    @Test
    @DisplayName("a number that does not fit is a problem, not a rounded number")
    void numbers() {
        assertEquals(
                List.of("sallyport.yaml:1: number: '3000000000' is too large"),
                problemsOf("number: 3000000000", Numbers.class));
        assertEquals(
                List.of("sallyport.yaml:1: number: '1.5' is not a whole number"),
                problemsOf("number: 1.5", Numbers.class));
    }

    private <T extends Record> T bound(String text, Class<T> type) {
        T record = bind(text, type);
        assertEquals(List.of(), problems.all());
        return java.util.Objects.requireNonNull(record);
    }

    private <T extends Record> List<String> problemsOf(String text, Class<T> type) {
        T record = bind(text, type);
        assertNull(record);
        assertFalse(problems.all().isEmpty());
        return problems.all().stream().map(Problem::toString).toList();
    }

    private <T extends Record> @Nullable T bind(String text, Class<T> type) {
        problems = new Problems("sallyport.yaml");
        Node node = YamlReader.read(text, problems);
        assertNotNull(node);
        return new Binder(WORDS, new References(environment::get, directory), problems).bind(node, type, "");
    }
}
