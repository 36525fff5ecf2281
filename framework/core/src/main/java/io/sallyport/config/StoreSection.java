package io.sallyport.config;

import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import io.sallyport.api.config.Secret;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code store:}.
 *
 * @param url the JDBC URL
 * @param user the database account; as the URL says if null
 * @param password its password
 */
@Description("Where approvals, revocations and the session index are kept.")
public record StoreSection(
        @Description(
                "The JDBC URL: `jdbc:sqlite:PATH` for one gateway, `jdbc:postgresql://…` for several that share it.")
        @Default("jdbc:sqlite:./data/store.db")
        String url,

        @Description("The database account.") @Nullable String user,

        @Description("Its password, by reference.") @Nullable
        Secret password) {

    private static final String SQLITE = "jdbc:sqlite:";

    /** Refuses databases that the store has no driver for. */
    public StoreSection {
        if (!url.startsWith(SQLITE) && !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("the store is jdbc:sqlite:PATH or jdbc:postgresql://HOST/DATABASE");
        }
    }

    /** The same, with a relative path of an embedded database taken from a directory. */
    StoreSection from(Path directory) {
        if (!url.startsWith(SQLITE) || url.startsWith(SQLITE + ":")) {
            return this;
        }
        Path file = directory.resolve(url.substring(SQLITE.length())).normalize();
        return new StoreSection(SQLITE + file, user, password);
    }
}
