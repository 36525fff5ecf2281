package io.sallyport.postgres.relay;

import io.sallyport.postgres.sql.PreparedStatements;
import io.sallyport.postgres.sql.StatementAnalysis;
import io.sallyport.postgres.sql.tree.StatementKind;
import io.sallyport.postgres.statement.Effect;
import io.sallyport.postgres.statement.Reading;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What EXECUTE can mean in a session: the statements that came by Parse, and those that PREPARE made. PREPARE may fail or be
 * undone without our knowing, so that a name that was prepared with two texts means neither.
 */
final class SqlPrepared implements PreparedStatements {

    private static final int MOST = 1_000;

    private final Relay relay;
    private final Map<String, Known> known = new HashMap<>();

    SqlPrepared(Relay relay) {
        this.relay = relay;
    }

    @Override
    public @Nullable StatementAnalysis find(String name) {
        Known prepared = known.get(name);
        NameTable.Slot<Statement> slot = relay.statements.find(wireName(name));
        Statement parsed = slot == null || !slot.certainIn(relay.clientSide.segment()) ? null : slot.now();
        if (prepared != null) {
            return parsed == null && prepared.sure ? now(prepared.text) : null;
        }
        return parsed == null ? null : now(parsed.reading().text());
    }

    /** The target reads a prepared text again when the search path has changed since, and so do we. */
    private @Nullable StatementAnalysis now(String text) {
        return relay.caches
                .readings()
                .read(text, relay.tracked.surroundings(), PreparedStatements.NONE)
                .details();
    }

    private String wireName(String name) {
        return new String(name.getBytes(relay.tracked.charset()), StandardCharsets.ISO_8859_1);
    }

    /** A text is being sent. */
    void sent(Reading reading) {
        StatementAnalysis details = reading.details();
        if (!reading.may(Effect.PREPARES) || details == null) {
            return;
        }
        for (StatementAnalysis.Part part : details.parts()) {
            String name = part.name();
            if (part.kind() == StatementKind.PREPARE && name != null) {
                prepare(name, reading.text());
            }
        }
    }

    private void prepare(String name, String text) {
        NameTable.Slot<Statement> slot = relay.statements.find(wireName(name));
        if (slot != null) {
            slot.poison();
        }
        Known before = known.get(name);
        boolean sure = (before == null || before.text.equals(text)) && known.size() < MOST;
        known.put(name, new Known(text, sure));
    }

    private record Known(String text, boolean sure) {}
}
