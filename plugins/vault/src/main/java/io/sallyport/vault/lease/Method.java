package io.sallyport.vault.lease;

import io.sallyport.api.config.Secret;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/** How the gateway comes by a token. */
public sealed interface Method {

    /**
     * It is given one.
     *
     * @param token reads it anew
     */
    record Given(Supplier<Secret> token) implements Method {}

    /**
     * It logs in.
     *
     * @param path where
     * @param body reads what it says there anew
     */
    record Asked(String path, Body body) implements Method {}

    /** What a login says. */
    @FunctionalInterface
    interface Body {

        /** Reads it anew. */
        Map<String, Object> read() throws IOException;
    }
}
