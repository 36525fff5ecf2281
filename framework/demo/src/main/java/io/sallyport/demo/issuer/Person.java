package io.sallyport.demo.issuer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who exists in the demo, with what the issuer says of them. */
@SuppressWarnings("ImmutableEnumChecker") // List.of and Map.of are immutable, their types do not say so
public enum Person {
    /** Works with every target. */
    ALICE("alice", "alice", "alice", List.of("dev"), true, Map.of()),
    /** Works with every target and may approve what others ask for. */
    BOB("bob", "bob", "bob", List.of("dev", "dba"), true, Map.of()),
    /** A pipeline that works with every target. */
    CI(
            "ci",
            "project_path:shop/report:ref_type:branch:ref:main",
            "ci:shop/report@main",
            List.of(),
            false,
            Map.of(
                    "project_id", "42",
                    "project_path", "shop/report",
                    "ref_type", "branch",
                    "ref", "main",
                    "run_id", "1001")),
    /** May approve, and has no target. */
    CAROL("carol", "carol", "carol", List.of("dba"), true, Map.of()),
    /** May read sessions and the journal. */
    AUDIT("audit", "audit", "audit", List.of("audit"), true, Map.of());

    private final String id;
    private final String subject;
    private final String display;
    private final List<String> groups;
    private final boolean operator;
    private final Map<String, String> claims;

    Person(
            String id,
            String subject,
            String display,
            List<String> groups,
            boolean operator,
            Map<String, String> claims) {
        this.id = id;
        this.subject = subject;
        this.display = display;
        this.groups = groups;
        this.operator = operator;
        this.claims = claims;
    }

    /** The person of that name. */
    public static Optional<Person> named(String id) {
        return Arrays.stream(values()).filter(person -> person.id.equals(id)).findFirst();
    }

    /** All names, in order, for messages. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Person::id).toList();
    }

    /** The name by which the demo's user knows the person. */
    public String id() {
        return id;
    }

    String subject() {
        return subject;
    }

    /** The name that the record and approvals show. */
    public String display() {
        return display;
    }

    List<String> groups() {
        return groups;
    }

    /** The audiences of the person's tokens: people may use the admin API, the pipeline may not. */
    List<String> audiences() {
        return operator ? List.of("sallyport", "sallyport-admin") : List.of("sallyport");
    }

    Map<String, String> claims() {
        return claims;
    }
}
