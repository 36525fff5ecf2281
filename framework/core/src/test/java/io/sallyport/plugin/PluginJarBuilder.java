package io.sallyport.plugin;

import io.sallyport.api.SallyportPlugin;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles small plugins from source and packs each into a jar. */
public final class PluginJarBuilder {

    /** A plugin that offers one guardrail of the given type; {@code %1$s} is the class, {@code %2$s} the type. */
    private static final String GUARDRAIL = """
            import io.sallyport.api.guardrail.*;
            import java.util.*;
            public final class %1$s implements io.sallyport.api.SallyportPlugin {
                public record Settings() {}
                %3$s
                @Override public List<GuardrailFactory<?>> guardrails() { return List.of(new Factory()); }
                static final class Factory implements GuardrailFactory<Settings> {
                    @Override public String type() { return "%2$s"; }
                    @Override public Class<Settings> configType() { return Settings.class; }
                    @Override public Guardrail create(String name, Settings settings) {
                        throw new IllegalStateException();
                    }
                }
            }
            """;

    private final String className;
    private final Map<String, String> manifest = new LinkedHashMap<>();
    private String source;
    private List<String> services;

    private PluginJarBuilder(String className, String source) {
        this.className = className;
        this.source = source;
        this.services = List.of(className);
        manifest.put("Plugin-Id", className);
        manifest.put("Plugin-Version", "1.2.3");
        manifest.put("Plugin-Requires", ">=1.0.0 & <2.0.0");
    }

    /** A plugin that is right in every respect and offers one guardrail. */
    public static PluginJarBuilder guardrail(String className, String type) {
        return new PluginJarBuilder(className, GUARDRAIL.formatted(className, type, ""));
    }

    /** The same, with a constructor that runs the statements given. */
    static PluginJarBuilder constructing(String className, String statements) {
        String constructor = "public %s() { %s }".formatted(className, statements);
        return new PluginJarBuilder(className, GUARDRAIL.formatted(className, className, constructor));
    }

    PluginJarBuilder manifest(String name, String value) {
        manifest.put(name, value);
        return this;
    }

    PluginJarBuilder services(String... implementations) {
        services = List.of(implementations);
        return this;
    }

    public Path writeTo(Path directory) throws IOException {
        Path classes = Files.createTempDirectory(directory, "classes");
        compile(classes);
        Path jar = directory.resolve(className + ".jar");
        Manifest attributes = new Manifest();
        attributes.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((name, value) -> attributes.getMainAttributes().putValue(name, value));
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, attributes);
                Stream<Path> compiled = Files.list(classes)) {
            for (Path entry : compiled.toList()) {
                put(out, entry.getFileName().toString(), Files.readAllBytes(entry));
            }
            if (!services.isEmpty()) {
                String lines = String.join("\n", services);
                put(
                        out,
                        "META-INF/services/" + SallyportPlugin.class.getName(),
                        lines.getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private void compile(Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-proc:none",
                "-d",
                classes.toString(),
                "-classpath",
                apiLocation().toString());
        boolean compiled = compiler.getTask(messages, null, null, options, null, List.of(new Source(className, source)))
                .call();
        if (!compiled) {
            throw new IllegalStateException(messages.toString());
        }
    }

    private static Path apiLocation() {
        try {
            return Path.of(SallyportPlugin.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void put(JarOutputStream out, String name, byte[] content) {
        try {
            out.putNextEntry(new JarEntry(name));
            out.write(content);
            out.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
