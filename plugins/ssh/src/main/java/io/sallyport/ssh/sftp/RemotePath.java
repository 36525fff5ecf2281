package io.sallyport.ssh.sftp;

import io.sallyport.api.action.Resource;
import io.sallyport.ssh.command.SshVocabulary;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path of a request: as the client spelled it, and as the target says it is.
 *
 * @param spelled the bytes of the request
 * @param real what the target's REALPATH answers, null if it answers nothing
 */
record RemotePath(byte[] spelled, byte @Nullable [] real) {

    /** The directory of a path, in which the name itself is not followed if it is a link. */
    static byte[] parent(byte[] path) {
        int slash = lastSlash(path);
        if (slash < 0) {
            return new byte[] {'.'};
        }
        byte[] parent = new byte[Math.max(1, slash)];
        System.arraycopy(path, 0, parent, 0, parent.length);
        return parent;
    }

    private static byte[] name(byte[] path) {
        int slash = lastSlash(path);
        int end = end(path);
        byte[] name = new byte[Math.max(0, end - slash - 1)];
        System.arraycopy(path, slash + 1, name, 0, name.length);
        return name;
    }

    /** Whether a path ends before its end for a reader of C strings. */
    static boolean hasZero(byte[] path) {
        for (byte b : path) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the last name of a path can be looked at without following it. */
    static boolean hasName(byte[] path) {
        String name = new String(name(path), StandardCharsets.ISO_8859_1);
        return !name.isEmpty() && !name.equals(".") && !name.equals("..");
    }

    private static int end(byte[] path) {
        int end = path.length;
        while (end > 1 && path[end - 1] == '/') {
            end--;
        }
        return end;
    }

    private static int lastSlash(byte[] path) {
        int last = end(path) - 1;
        while (last >= 0 && path[last] != '/') {
            last--;
        }
        return last;
    }

    /** The same name in the directory that the target says the path's directory is. */
    static byte[] within(byte[] realParent, byte[] path) {
        byte[] name = name(path);
        boolean root = realParent.length == 1 && realParent[0] == '/';
        ByteBuffer whole = ByteBuffer.allocate(realParent.length + (root ? 0 : 1) + name.length);
        whole.put(realParent);
        if (!root) {
            whole.put((byte) '/');
        }
        return whole.put(name).array();
    }

    /** Why it cannot be told which file is meant, or null. */
    @Nullable
    String unclear() {
        if (!valid(spelled) || (real != null && !valid(real))) {
            return "the path is not valid UTF-8";
        }
        return real == null ? "the target does not say which file the path is" : null;
    }

    /** As a person reads it. */
    String text() {
        return text(spelled);
    }

    /** Every file that may be meant: what the target says, and what is spelled if that is something else. */
    List<Resource> resources() {
        List<Resource> all = new ArrayList<>();
        if (real != null) {
            all.add(resource(text(real)));
        }
        String own = text(spelled);
        if (real == null || own.startsWith("/")) {
            Resource named = resource(own);
            if (!all.contains(named) && (real == null || named.resolved())) {
                all.add(named);
            }
        }
        return all;
    }

    private static Resource resource(String path) {
        List<String> segments = new ArrayList<>(List.of(""));
        boolean climbs = false;
        for (String segment : path.split("/", -1)) {
            climbs |= segment.equals("..");
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        if (climbs || !path.startsWith("/")) {
            String last = segments.get(segments.size() - 1);
            return last.isEmpty() || last.equals("..")
                    ? Resource.unknown(SshVocabulary.PATH)
                    : Resource.unresolved(SshVocabulary.PATH, last);
        }
        return new Resource(SshVocabulary.PATH, segments.size() == 1 ? List.of("", "") : segments, true);
    }

    private static boolean valid(byte[] path) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(path));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static String text(byte[] path) {
        if (valid(path)) {
            return new String(path, StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder();
        for (byte b : path) {
            if (b >= ' ' && b < 0x7f) {
                text.append((char) b);
            } else {
                text.append(String.format("\\x%02x", b & 0xFF));
            }
        }
        return text.toString();
    }
}
