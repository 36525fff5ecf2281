package io.sallyport.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The jars that the operator admits: lines of a SHA-256 in hex, two spaces and a file name, as {@code sha256sum} prints
 * them; empty lines and lines that begin with {@code #} are left out.
 */
public final class PluginLock {

    private final Map<String, String> hashes;

    private PluginLock(Map<String, String> hashes) {
        this.hashes = hashes;
    }

    /**
     * Reads the file; one that does not exist admits nothing.
     *
     * @throws PluginException if it cannot be read or a line has another form
     */
    public static PluginLock read(Path file) {
        Map<String, String> hashes = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        List<String> lines = linesOf(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int space = line.indexOf(' ');
            String name = space < 0 ? "" : line.substring(space).strip();
            if (space != 64 || !isHex(line.substring(0, 64)) || name.isEmpty()) {
                problems.add(file + ":" + (i + 1) + ": expected a SHA-256 in hex, two spaces and the name of a jar");
            } else if (hashes.put(name, line.substring(0, 64)) != null) {
                problems.add(file + ":" + (i + 1) + ": " + name + " is listed twice; remove one of the lines");
            }
        }
        if (!problems.isEmpty()) {
            throw new PluginException(problems);
        }
        return new PluginLock(hashes);
    }

    /** The hash that admits the file name, null if it is not listed. */
    public @Nullable String hashOf(String fileName) {
        return hashes.get(fileName);
    }

    /** The lock with this jar admitted under its present hash, in place of any former line for its file name. */
    public PluginLock trust(Path jar) {
        Map<String, String> changed = new TreeMap<>(hashes);
        changed.put(fileName(jar), sha256(jar));
        return new PluginLock(changed);
    }

    /** Replaces the file in one step. */
    public void write(Path file) throws IOException {
        StringBuilder text =
                new StringBuilder("# The plugin jars that may load; `sallyport plugins trust JAR` adds one.\n");
        hashes.forEach(
                (name, hash) -> text.append(hash).append("  ").append(name).append('\n'));
        Path next = file.resolveSibling(fileName(file) + ".next");
        Files.writeString(next, text);
        try {
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The SHA-256 of the file, in hex. */
    static String sha256(Path file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new PluginException(file + ": cannot be read (" + e + "); make it readable for the gateway's user");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new PluginException(file + ": cannot be read (" + e + "); make it readable for the gateway's user");
        }
    }

    private static boolean isHex(String text) {
        return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private static String fileName(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }
}
