package io.sallyport.config.binding;

import io.sallyport.api.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Resolves {@code ${env:NAME}} and {@code ${file:PATH}} in values. Text in {@code ${…}} without a colon is a claim template
 * and stays as it is; what a reference brings in is not searched for references again.
 *
 * <p>A file's last line end is not part of its value.
 */
public final class References {

    private static final int LARGEST_FILE = 1 << 20;
    private static final List<String> SCHEMES = List.of("env", "file");

    private final Function<String, @Nullable String> environment;
    private final Path directory;
    private final boolean secretsRead;

    /**
     * Takes what references are looked up in.
     *
     * @param environment answers a variable's name with its value or null
     * @param directory what relative paths start from
     */
    public References(Function<String, @Nullable String> environment, Path directory) {
        this(environment, directory, true);
    }

    private References(Function<String, @Nullable String> environment, Path directory, boolean secretsRead) {
        this.environment = environment;
        this.directory = directory;
        this.secretsRead = secretsRead;
    }

    /** The same, for tools where there are no secrets: what a secret refers to is not looked up, and it is a made-up one. */
    public References withoutSecrets() {
        return new References(environment, directory, false);
    }

    /** The directory from which relative paths start. */
    public Path directory() {
        return directory;
    }

    /** The text with its references resolved; null, with a problem added, if one cannot be. */
    @Nullable
    String text(Node.Scalar scalar, String path, Problems problems) {
        String text = scalar.text();
        StringBuilder resolved = new StringBuilder();
        int done = 0;
        for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", done)) {
            int end = text.indexOf('}', start);
            String inside = end < 0 ? text.substring(start + 2) : text.substring(start + 2, end);
            int colon = inside.indexOf(':');
            if (end < 0 && colon >= 0) {
                problems.add(scalar, path, "a reference is not closed with '}'");
                return null;
            }
            if (end < 0) {
                break;
            }
            resolved.append(text, done, colon < 0 ? end + 1 : start);
            done = end + 1;
            if (colon >= 0) {
                byte[] value = lookUp(
                        inside.substring(0, colon), inside.substring(colon + 1), new Place(scalar, path), problems);
                String found = value == null ? null : decoded(value, scalar, path, problems);
                if (found == null) {
                    return null;
                }
                problems.hide(found);
                resolved.append(found);
            }
        }
        return resolved.append(text, done, text.length()).toString();
    }

    /** The secret that the value spells or refers to; null, with a problem added, if a reference cannot be resolved. */
    @Nullable
    Secret secret(Node.Scalar scalar, String path, Problems problems) {
        String text = scalar.text();
        if (!secretsRead && text.contains("${")) {
            return Secret.of("not read");
        }
        int colon = text.indexOf(':');
        boolean whole = text.startsWith("${") && colon > 0 && text.indexOf('}') == text.length() - 1;
        byte[] value = whole
                ? lookUp(
                        text.substring(2, colon),
                        text.substring(colon + 1, text.length() - 1),
                        new Place(scalar, path),
                        problems)
                : spelled(scalar, path, problems);
        if (value == null) {
            return null;
        }
        if (value.length == 0) {
            problems.add(scalar, path, "the secret is empty");
            return null;
        }
        Secret secret = Secret.of(value);
        Arrays.fill(value, (byte) 0);
        problems.hide(secret);
        return secret;
    }

    private byte @Nullable [] spelled(Node.Scalar scalar, String path, Problems problems) {
        String value = text(scalar, path, problems);
        return value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    }

    private record Place(Node node, String path) {}

    private byte @Nullable [] lookUp(String scheme, String name, Place place, Problems problems) {
        if (scheme.equals("file")) {
            return file(name, place, problems);
        }
        if (!scheme.equals("env")) {
            problems.add(place.node(), place.path(), NearestWord.unknown("reference", scheme, SCHEMES));
            return null;
        }
        String value = environment.apply(name);
        if (value == null) {
            problems.add(place.node(), place.path(), "the environment variable " + name + " is not set");
            return null;
        }
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private byte @Nullable [] file(String name, Place place, Problems problems) {
        try (InputStream in = Files.newInputStream(directory.resolve(name))) {
            byte[] content = in.readNBytes(LARGEST_FILE + 1);
            if (content.length > LARGEST_FILE) {
                problems.add(place.node(), place.path(), "the file " + name + " is larger than 1MiB");
                return null;
            }
            byte[] value = Arrays.copyOf(content, lengthWithoutLineEnd(content));
            Arrays.fill(content, (byte) 0);
            return value;
        } catch (NoSuchFileException e) {
            problems.add(place.node(), place.path(), "the file " + name + " does not exist");
        } catch (InvalidPathException | IOException e) {
            problems.add(place.node(), place.path(), "the file " + name + " cannot be read (" + kindOf(e) + ")");
        }
        return null;
    }

    private static String kindOf(Exception e) {
        return e.getClass().getSimpleName().replace("Exception", "");
    }

    private static int lengthWithoutLineEnd(byte[] content) {
        int length = content.length;
        if (length > 0 && content[length - 1] == '\n') {
            length--;
            if (length > 0 && content[length - 1] == '\r') {
                length--;
            }
        }
        return length;
    }

    private static @Nullable String decoded(byte[] value, Node node, String path, Problems problems) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            problems.add(node, path, "what the reference brings in is not UTF-8 text");
            return null;
        }
    }
}
