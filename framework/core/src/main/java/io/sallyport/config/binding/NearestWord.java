package io.sallyport.config.binding;

import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the word that was probably meant. */
public final class NearestWord {

    private static final int MOST_LISTED = 24;

    private NearestWord() {}

    /** The sentence about an unknown word: with the nearest known one, else with all of them if they are few. */
    public static String unknown(String kind, String word, Collection<String> known) {
        String nearest = nearest(word, known);
        String text = "unknown " + kind + " '" + word + "'";
        if (nearest != null) {
            return text + "; did you mean '" + nearest + "'?";
        }
        if (known.isEmpty()) {
            return text + "; there is none";
        }
        return known.size() > MOST_LISTED ? text : text + "; known: " + String.join(", ", new TreeSet<>(known));
    }

    /** The known word that takes the fewest edits; null if none is near. */
    static @Nullable String nearest(String word, Collection<String> known) {
        String best = null;
        int fewest = Math.max(1, word.length() / 3) + 1;
        for (String candidate : new TreeSet<>(known)) {
            int edits = distance(word, candidate);
            if (edits < fewest) {
                fewest = edits;
                best = candidate;
            }
        }
        return best;
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    private static int distance(String one, String other) {
        int[][] edits = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                int fewest = Math.min(edits[i - 1][j], edits[i][j - 1]) + 1;
                fewest = Math.min(fewest, edits[i - 1][j - 1] + same);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    fewest = Math.min(fewest, edits[i - 2][j - 2] + 1);
                }
                edits[i][j] = fewest;
            }
        }
        return edits[one.length()][other.length()];
    }
}
