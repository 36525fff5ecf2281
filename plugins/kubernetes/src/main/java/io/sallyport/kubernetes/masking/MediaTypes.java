package io.sallyport.kubernetes.masking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Media types and ranges of them (RFC 9110, section 12.5.1), as far as masking needs them. */
final class MediaTypes {

    private static final String JSON = "application/json";
    private static final Set<String> ANY = Set.of("*/*", "application/*");

    private MediaTypes() {}

    /** The type without parameters, in lower case. */
    static String bare(String type) {
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    static boolean json(String type) {
        String bare = bare(type);
        return bare.equals(JSON) || bare.endsWith("+json");
    }

    static boolean text(String type) {
        return bare(type).startsWith("text/");
    }

    /** The ranges of a list that are JSON, or that JSON lies in; null if there are none. */
    static @Nullable String onlyJson(String accept) {
        List<String> kept = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= accept.length(); i++) {
            if (i == accept.length() || accept.charAt(i) == ',') {
                String range = accept.substring(start, i).strip();
                start = i + 1;
                if (bare(range).equals(JSON)) {
                    kept.add(range);
                } else if (ANY.contains(bare(range)) && !kept.contains(JSON)) {
                    kept.add(JSON);
                }
            }
        }
        return kept.isEmpty() ? null : String.join(",", kept);
    }
}
