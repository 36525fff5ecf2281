package io.sallyport.ssh.command;

import io.sallyport.api.action.Resource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path on the target as the text of a command names it. Links are not followed: only the target knows them.
 *
 * @param spelled the path as it was spelled
 * @param segments what stands between its slashes, the first empty; without empty ones and single dots after that
 * @param unclear why it cannot be told which file is meant, or null
 */
record FilePath(
        String spelled, List<String> segments, @Nullable String unclear) {

    /** Copies the list. */
    FilePath {
        segments = List.copyOf(segments);
    }

    static FilePath of(String spelled) {
        List<String> segments = new ArrayList<>(List.of(""));
        boolean climbs = false;
        for (String segment : spelled.split("/", -1)) {
            climbs |= segment.equals("..");
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        String unclear = null;
        if (climbs) {
            unclear = "'..' in a path depends on the target's links; write the path without it";
        } else if (!spelled.startsWith("/")) {
            unclear = "a path is relative to the account's home, which only the target knows; write it from / on";
        }
        return new FilePath(spelled, segments, unclear);
    }

    /** Whether only a directory can be meant. */
    boolean directory() {
        return spelled.endsWith("/") || spelled.endsWith("/.");
    }

    /** What the path names. */
    Resource itself() {
        if (unclear != null) {
            String last = segments.get(segments.size() - 1);
            return last.isEmpty() || last.equals("..")
                    ? Resource.unknown(SshVocabulary.PATH)
                    : Resource.unresolved(SshVocabulary.PATH, last);
        }
        List<String> named = segments.size() == 1 ? List.of("", "") : segments;
        return new Resource(SshVocabulary.PATH, named, true);
    }

    /** Whatever lies below it. */
    Resource below() {
        return unclear == null ? Resource.below(SshVocabulary.PATH, segments) : Resource.unknown(SshVocabulary.PATH);
    }
}
