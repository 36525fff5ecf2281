package io.sallyport.store;

import io.sallyport.api.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Where the store is.
 *
 * @param url {@code jdbc:sqlite:FILE} for one gateway, {@code jdbc:postgresql://HOST/DATABASE} for several
 * @param user the database user, for PostgreSQL
 * @param password the user's password, for PostgreSQL
 */
public record StoreSettings(
        String url, @Nullable String user, @Nullable Secret password) {

    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRES = "jdbc:postgresql:";

    /** Checks the URL. */
    public StoreSettings {
        if (!url.startsWith(SQLITE) && !url.startsWith(POSTGRES)) {
            throw new IllegalArgumentException(
                    "a store's url begins with " + SQLITE + " or " + POSTGRES + ", not '" + shown(url) + "'");
        }
        if (url.startsWith(SQLITE) && (file(url).isEmpty() || file(url).contains(":memory:"))) {
            throw new IllegalArgumentException("the embedded store needs a file: " + SQLITE + "FILE");
        }
    }

    /** An embedded store in a file. */
    public static StoreSettings embedded(java.nio.file.Path file) {
        return new StoreSettings(SQLITE + file, null, null);
    }

    boolean isEmbedded() {
        return url.startsWith(SQLITE);
    }

    String file() {
        return file(url);
    }

    /** The URL without its parameters, which may hold a password. */
    String shown() {
        return shown(url);
    }

    private static String file(String url) {
        return shown(url).substring(SQLITE.length());
    }

    private static String shown(String url) {
        int question = url.indexOf('?');
        return question < 0 ? url : url.substring(0, question);
    }
}
