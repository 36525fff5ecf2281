package io.sallyport.postgres.relay;

import io.sallyport.postgres.statement.Effect;
import io.sallyport.postgres.statement.Names;
import io.sallyport.postgres.statement.Reading;
import io.sallyport.postgres.statement.Surroundings;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of the target's session on which the meaning of texts depends, as far as the target has told them. */
final class Tracked {

    private Charset charset;
    private boolean standardStrings = true;
    private @Nullable List<String> searchPath;
    private String role = "";
    private Names names;
    private boolean settingsStale = true;
    private boolean namesStale;
    private long namesRead;
    private boolean touchedInTransaction;
    private @Nullable Surroundings surroundings;
    private @Nullable Map<String, String> context;

    Tracked(Charset charset, RelayCaches.Newest newest) {
        this.charset = charset;
        this.namesRead = newest.loaded();
        this.names = newest.names();
    }

    /** The charset of the client's texts. */
    Charset charset() {
        return charset;
    }

    void charset(Charset next) {
        charset = next;
    }

    void standardStrings(boolean on) {
        if (standardStrings != on) {
            standardStrings = on;
            changed();
        }
    }

    Names names() {
        return names;
    }

    void names(Names next) {
        namesStale = false;
        namesRead = System.nanoTime();
        if (!names.equals(next)) {
            names = next;
            changed();
        }
    }

    /** How old the names are, in nanoseconds. */
    long namesAge() {
        return System.nanoTime() - namesRead;
    }

    /** Another session may have learned more, and later. */
    @SuppressWarnings("ReferenceEquality")
    void adopt(RelayCaches.Newest newest) {
        long loaded = newest.loaded();
        Names others = newest.names();
        if (others != names && !namesStale && loaded - namesRead >= 0) {
            names = others;
            namesRead = loaded;
            changed();
        }
    }

    /** What the target says of itself. */
    void settings(List<String> path, boolean standard, String effectiveRole) {
        settingsStale = false;
        if (!path.equals(searchPath) || standard != standardStrings || !role.equals(effectiveRole)) {
            searchPath = path;
            standardStrings = standard;
            role = effectiveRole;
            changed();
        }
    }

    private void changed() {
        surroundings = null;
        context = null;
    }

    /** A statement with these effects has been sent. */
    void sent(Reading reading) {
        if (reading.effects().isEmpty()) {
            return;
        }
        if (reading.may(Effect.CHANGES_SETTINGS)) {
            settingsStale = true;
            touchedInTransaction = true;
        }
        if (reading.may(Effect.CHANGES_CATALOG)) {
            namesStale = true;
            settingsStale = true;
            touchedInTransaction = true;
        }
        if (reading.may(Effect.ENDS_TRANSACTION) && touchedInTransaction) {
            settingsStale = true;
            namesStale = true;
        }
    }

    /** The target is outside of a transaction: what was undone can no longer come back. */
    void idle() {
        if (touchedInTransaction && !settingsStale && !namesStale) {
            touchedInTransaction = false;
        }
    }

    /** Everything may have changed, such as by a transaction that the target aborted. */
    void aborted() {
        if (touchedInTransaction) {
            settingsStale = true;
            namesStale = true;
        }
    }

    void forgetNames() {
        namesStale = true;
    }

    boolean isStale() {
        return settingsStale || namesStale;
    }

    boolean namesStale() {
        return namesStale;
    }

    /** Whether this session has changed names that others may not see yet. */
    boolean touched() {
        return touchedInTransaction;
    }

    /** The surroundings of the next text; without a path while it is not known. */
    Surroundings surroundings() {
        if (isStale()) {
            return new Surroundings(standardStrings, null, names);
        }
        Surroundings known = surroundings;
        if (known == null) {
            known = new Surroundings(standardStrings, searchPath, names);
            surroundings = known;
        }
        return known;
    }

    /** What an approval is bound to besides text and values. */
    Map<String, String> context() {
        Map<String, String> known = context;
        if (known == null) {
            known = Map.of(
                    "search_path", searchPath == null ? "?" : String.join(",", searchPath),
                    "standard_conforming_strings", standardStrings ? "on" : "off",
                    "role", role);
            context = known;
        }
        return known;
    }
}
