package io.sallyport.journal.record;

/**
 * The names of values in a payload. A key is written as its small number and shown by its name.
 *
 * <ol>
 *   <li>A number is never reused and never changes its meaning.
 *   <li>A reader that meets a number it does not know shows it as {@code key-NUMBER}: nothing is hidden.
 *   <li>Units are part of the name.
 * </ol>
 */
public enum PayloadKey {
    /** An element of a list. */
    ITEM(0, "item"),

    REASON(1, "reason"),
    RULE(2, "rule"),
    GUARDRAIL(3, "guardrail"),
    VERDICT(4, "verdict"),
    ACTION(5, "action"),
    KIND(6, "kind"),
    TEXT(7, "text"),
    TEXT_BYTES(8, "text-bytes"),
    TEXT_DIGEST(9, "text-digest"),
    PARAMETERS(10, "parameters"),
    ACCESSES(11, "accesses"),
    VERB(12, "verb"),
    RESOURCE(13, "resource"),
    TRAITS(14, "traits"),
    OPAQUE(15, "opaque"),
    MASKS(16, "masks"),
    FIELD(17, "field"),
    ADVICE(18, "advice"),
    DIGEST(19, "digest"),

    PRINCIPAL(20, "principal"),
    ISSUER(21, "issuer"),
    SUBJECT(22, "subject"),
    NAME(23, "name"),
    GROUPS(24, "groups"),
    CLAIMS(25, "claims"),
    VALUE(26, "value"),
    ON_BEHALF_OF(27, "on-behalf-of"),

    TARGET(30, "target"),
    CONNECTOR(31, "connector"),
    ACCOUNT(32, "account"),
    DATABASE(33, "database"),
    GRANT(34, "grant"),
    CLIENT_ADDRESS(35, "client-address"),
    CLIENT_SOFTWARE(36, "client-software"),
    EXPIRES_MICROS(37, "expires-micros"),
    SETTINGS(38, "settings"),

    APPROVAL(40, "approval"),
    APPROVERS(41, "approvers"),
    REQUIRED(42, "required"),
    DECISION(43, "decision"),
    COMMENT(44, "comment"),
    ACCESS(45, "access"),
    TICKET(46, "ticket"),
    BREAK_GLASS(47, "break-glass"),

    STATUS(50, "status"),
    ROWS(51, "rows"),
    BYTES(52, "bytes"),
    TAG(53, "tag"),
    EXIT(54, "exit"),
    DURATION_MICROS(55, "duration-micros"),
    ERROR(56, "error"),

    STREAM(60, "stream"),
    CONTENT(61, "content"),
    DROPPED_BYTES(62, "dropped-bytes"),
    DROPPED_DIGEST(63, "dropped-digest"),
    WIDTH(64, "width"),
    HEIGHT(65, "height"),

    NODE(70, "node"),
    VERSION(71, "version"),
    EVENT(72, "event"),
    DURABILITY(73, "durability"),
    CONFIGURATION_DIGEST(74, "configuration-digest"),
    GENERATION(75, "generation"),
    PLUGINS(76, "plugins"),

    LANE(80, "lane"),
    SEGMENT(81, "segment"),
    OFFSET(82, "offset"),
    CUT_BYTES(83, "cut-bytes"),
    SESSION(84, "session"),

    OPERATOR(90, "operator"),
    METHOD(91, "method"),
    PATH(92, "path"),

    FOLLOWER(100, "follower"),
    COUNT(101, "count"),
    CHANNEL(102, "channel"),
    RECIPIENTS(103, "recipients"),
    ATTEMPTS(104, "attempts");

    private static final PayloadKey[] BY_ID = new PayloadKey[128];

    static {
        for (PayloadKey key : values()) {
            BY_ID[key.id] = key;
        }
    }

    private final int id;
    private final String label;

    PayloadKey(int id, String label) {
        this.id = id;
        this.label = label;
    }

    /** The stable number of this key. */
    public int id() {
        return id;
    }

    /** The stable name of this key in JSON. */
    public String label() {
        return label;
    }

    /** The name of the key with this number, {@code key-NUMBER} if no key has it. */
    public static String labelOf(int id) {
        PayloadKey key = id >= 0 && id < BY_ID.length ? BY_ID[id] : null;
        return key == null ? "key-" + id : key.label;
    }
}
