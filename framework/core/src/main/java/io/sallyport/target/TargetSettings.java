package io.sallyport.target;

import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code targets:} with the keys that its connector adds.
 *
 * @param name the target's name, which clients give
 * @param connector the name of the connector's entry
 * @param address where the target is, with one of the connector's schemes
 * @param labels what grants may choose it by
 * @param options the connector's own keys, an instance of its {@code targetType()}
 * @param credential where its credential comes from
 */
public record TargetSettings(
        String name,
        String connector,
        URI address,
        Map<String, String> labels,
        Record options,
        CredentialSettings credential) {

    /** Copies the labels. */
    public TargetSettings {
        labels = Map.copyOf(labels);
    }

    /**
     * The keys of an entry that the core itself consumes, beside {@code credential:}.
     *
     * @param name the target's name
     * @param connector the name of the connector's entry
     * @param address where the target is
     * @param labels what grants may choose it by
     */
    @Description("A target; its connector adds keys of its own.")
    public record Common(
            @Description("The name that clients give.") String name,

            @Description("The name of the connector's entry.")
            String connector,

            @Description("Where the target is, such as `postgres://db.internal:5432/app`.")
            URI address,

            @Description("What grants may choose the target by.") @Default("{}")
            Map<String, String> labels) {

        /** Copies the labels. */
        public Common {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * Where a target's credential comes from.
     *
     * @param source the name of the credential source's entry; null where the options are a {@link StaticCredential}
     * @param reuse how long a lease is shared by the sessions of one principal on the target; not at all if null
     * @param options the other keys, an instance of the source's {@code requestType()} or a {@link StaticCredential}
     */
    public record CredentialSettings(
            @Nullable String source, @Nullable Duration reuse, Record options) {}
}
