package io.sallyport.approval;

import io.sallyport.store.SqlText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The votes on something that people decide, a row for each person; whoever votes again has the last word. */
public final class VoteTable {

    private final String delete;
    private final String insert;
    private final String select;
    private final String key;

    /**
     * A table of votes.
     *
     * @param table its name
     * @param key its column with the identifier of what is decided
     */
    public VoteTable(String table, String key) {
        this.key = key;
        this.delete = "DELETE FROM " + table + " WHERE " + key + " = :id AND issuer = :issuer AND subject = :subject";
        this.insert = "INSERT INTO " + table + " (" + key + ", issuer, subject, display, approve, comment, decided_at)"
                + " VALUES (:id, :issuer, :subject, :display, :approve, :comment, :time)";
        this.select = "SELECT * FROM " + table + " WHERE " + key + " IN (<ids>) ORDER BY decided_at, subject";
    }

    /** Takes a vote. */
    public void put(Handle handle, String id, Vote vote) {
        handle.createUpdate(delete)
                .bind("id", id)
                .bind("issuer", vote.issuer())
                .bind("subject", vote.subject())
                .execute();
        handle.createUpdate(insert)
                .bind("id", id)
                .bind("issuer", vote.issuer())
                .bind("subject", vote.subject())
                .bind("display", SqlText.clean(vote.display()))
                .bind("approve", vote.approve() ? 1 : 0)
                .bind("comment", SqlText.clean(vote.comment()))
                .bind("time", vote.time().toEpochMilli())
                .execute();
    }

    /** The votes by what they are on; nothing for what has none. */
    public Map<String, List<Vote>> of(Handle handle, List<String> ids) {
        Map<String, List<Vote>> votes = new HashMap<>();
        if (ids.isEmpty()) {
            return votes;
        }
        handle.createQuery(select)
                .bindList("ids", ids)
                .map((row, context) -> votes.computeIfAbsent(row.getString(key), id -> new ArrayList<>())
                        .add(new Vote(
                                row.getString("issuer"),
                                row.getString("subject"),
                                row.getString("display"),
                                row.getInt("approve") == 1,
                                row.getString("comment"),
                                Instant.ofEpochMilli(row.getLong("decided_at")))))
                .list();
        return votes;
    }
}
