package io.sallyport.ssh.relay;

import java.util.Set;

/**
 * Which environment variables of a client reach a target: those that change the language of messages or the version of a
 * protocol, and nothing that changes what runs.
 */
final class Environment {

    private static final int MOST = 64;
    private static final int LONGEST = 4096;
    private static final Set<String> NAMES = Set.of("LANG", "LANGUAGE", "GIT_PROTOCOL", "COLORTERM", "NO_COLOR");
    private static final String LOCALE = "LC_";

    private Environment() {}

    static boolean passes(String name, byte[] value, int already) {
        return already < MOST && value.length <= LONGEST && clean(value) && (NAMES.contains(name) || locale(name));
    }

    private static boolean locale(String name) {
        if (!name.startsWith(LOCALE)) {
            return false;
        }
        for (int i = LOCALE.length(); i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_' && (c < 'A' || c > 'Z')) {
                return false;
            }
        }
        return name.length() > LOCALE.length();
    }

    private static boolean clean(byte[] value) {
        for (byte b : value) {
            // A slash in a locale's name makes the C library read files where it says.
            if ((b >= 0 && b < ' ') || b == '/') {
                return false;
            }
        }
        return true;
    }
}
