package io.sallyport.journal.record;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a record in the journal tells.
 *
 * <ol>
 *   <li>An id is never reused and never changes its meaning: journals outlive versions.
 *   <li>Ids are between 1 and 127.
 * </ol>
 */
public enum RecordType {
    /** A session began: principal, target, grant. */
    SESSION_OPENED(1, "session-opened"),
    /** A session ended, with the reason. */
    SESSION_CLOSED(2, "session-closed"),
    /** An action was asked for; its verdict is a later record. */
    ACTION(3, "action"),
    /** The verdict on an earlier action. */
    VERDICT(4, "verdict"),
    /** An action together with its immediate verdict. */
    ACTION_DECIDED(5, "action-decided"),
    /** An action waits for people. */
    HOLD(6, "hold"),
    /** A person approved or rejected a held action. */
    APPROVAL(7, "approval"),
    /** A held action goes on to its target. */
    RELEASED(8, "released"),
    /** What an action came to. */
    OUTCOME(9, "outcome"),
    /** Bytes recorded from a stream of a session, as the client saw them. */
    STREAM(10, "stream"),
    /** Something that the gateway itself added to the traffic. */
    OWN(11, "own"),
    /** Evidence that opened no session. */
    LOGIN_REFUSED(12, "login-refused"),
    /** An operator's deed through the admin interface. */
    ADMIN(13, "admin"),
    /** A configuration came into force. */
    CONFIGURATION(14, "configuration"),
    /** The gateway started or stopped. */
    NODE(15, "node"),
    /** What a start after an unclean stop had to repair. */
    RECOVERY(16, "recovery"),
    /** What became of a follower of the journal: records that it missed, or that are kept because it has not read them. */
    FOLLOWER(17, "follower"),
    /** People were told that an action waits for them, or could not be told. */
    NOTIFIED(18, "notified"),
    /** Somebody brought a grant into force without an approval, or what became of that. */
    BREAK_GLASS(19, "break-glass"),
    /** Written by the journal itself: the last frame of a full segment. */
    SEGMENT_END(126, "segment-end"),
    /** Written by the journal itself: the sessions that were open when a segment began. */
    SESSIONS_CARRIED(127, "sessions-carried");

    private static final RecordType[] BY_ID = new RecordType[128];
    private static final Set<RecordType> WRITTEN =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(SEGMENT_END, SESSIONS_CARRIED)));

    static {
        for (RecordType type : values()) {
            BY_ID[type.id] = type;
        }
    }

    private final byte id;
    private final String label;

    RecordType(int id, String label) {
        this.id = (byte) id;
        this.label = label;
    }

    /** The stable number of this type in a frame. */
    public byte id() {
        return id;
    }

    /** The stable name of this type in JSON. */
    public String label() {
        return label;
    }

    /** Whether only the journal itself writes records of this type; readers do not show them. */
    public boolean internal() {
        return id >= SEGMENT_END.id;
    }

    /** All types but the internal ones. */
    public static Set<RecordType> written() {
        return WRITTEN;
    }

    /**
     * The type with this number.
     *
     * @throws MalformedRecordException if no type has it
     */
    public static RecordType of(byte id) {
        RecordType type = id < 0 ? null : BY_ID[id];
        if (type == null) {
            throw new MalformedRecordException("no record type has the number " + id);
        }
        return type;
    }
}
