package io.sallyport.vault.http;

import io.github.jopenlibs.vault.json.Json;
import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.json.JsonValue;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An answer of Vault that says yes. It is never printed.
 *
 * <p>Paths name members from the outermost inwards, such as {@code data}, {@code username}.
 */
public final class Reply {

    private final JsonObject body;

    private Reply(JsonObject body) {
        this.body = body;
    }

    /** Reads a body; an empty one has no members. */
    static Reply of(byte[] body) throws VaultFailure {
        if (body.length == 0) {
            return new Reply(Json.object());
        }
        try {
            return new Reply(
                    Json.parse(new String(body, StandardCharsets.UTF_8)).asObject());
        } catch (RuntimeException e) {
            throw new VaultFailure("the answer is not that of a Vault; check 'address'");
        }
    }

    /** A text, null if it is absent or something else. */
    public @Nullable String text(String... path) {
        JsonValue value = value(path);
        return value != null && value.isString() ? value.asString() : null;
    }

    /** A text that must be there. */
    public String need(String... path) throws VaultFailure {
        String text = text(path);
        if (text == null || text.isEmpty()) {
            throw new VaultFailure("the answer has no '" + path[path.length - 1] + "'; check 'path' and 'engine'");
        }
        return text;
    }

    /** A number of seconds, 0 if it is absent or something else. */
    public long seconds(String... path) {
        JsonValue value = value(path);
        try {
            return value != null && value.isNumber() ? Math.max(0, value.asLong()) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Whether a member is there and true. */
    public boolean flag(String... path) {
        JsonValue value = value(path);
        return value != null && value.isTrue();
    }

    private @Nullable JsonValue value(String... path) {
        JsonValue value = body;
        for (String name : path) {
            if (value == null || !value.isObject()) {
                return null;
            }
            value = value.asObject().get(name);
        }
        return value;
    }

    @Override
    public String toString() {
        return "Reply[***]";
    }
}
