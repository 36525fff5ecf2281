package io.sallyport.policy;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Configurations and requests that a seed chooses: small words, so that they meet. */
final class RandomPolicy {

    private static final List<String> TARGETS = List.of("app", "bench", "web");
    private static final List<String> GROUPS = List.of("dev", "ops", "dba");
    private static final List<String> SUBJECTS = List.of("alice", "bob", "ci");
    private static final List<String> REFS = List.of("main", "next");
    private static final List<String> VERBS = List.of("read", "write", "drop", "call");
    private static final List<String> PATTERNS = List.of(
            "**",
            "public.**",
            "public.*",
            "public.orders",
            "sales.*",
            "public.orders.note",
            "function:public.*",
            "system.**");
    private static final List<String> NAMES = List.of(
            "public.orders",
            "public.orders.note",
            "public.customers",
            "sales.orders",
            "system.tables",
            "system.secret",
            "function:public.purge",
            "?orders");
    private static final List<String> EFFECTS =
            List.of("allow", "hold", "hold", "mask", "mask", "mask", "deny", "fail", "nothing");

    private final Random random;

    RandomPolicy(long seed) {
        this.random = new Random(seed);
    }

    /** What somebody asks for. */
    record Request(
            Map<String, Object> claims,
            String target,
            @Nullable String account,
            @Nullable String database,
            String text) {}

    String configuration(String issuer) {
        StringBuilder yaml = new StringBuilder("""
                store: { url: "jdbc:sqlite:./store.db" }
                journal: { directory: ./journal, signing-key: ./journal.key, segment-size: 1MiB }
                issuers:
                  - { name: demo, issuer: "%s", jwks: "%s/keys", audiences: [sallyport], groups: groups }
                connectors: [ { name: talk, type: talking } ]
                targets:
                """.formatted(issuer, issuer));
        for (String target : TARGETS) {
            yaml.append("  - { name: ")
                    .append(target)
                    .append(
                            ", connector: talk, address: \"talk://own@127.0.0.1:1/main\", credential: { token: \"${env:PATH}\" } }\n");
        }
        yaml.append("guardrails:\n");
        int guardrails = 4;
        for (int i = 0; i < guardrails; i++) {
            guardrail(yaml, i);
        }
        yaml.append("grants:\n");
        int grants = 4 + random.nextInt(6);
        for (int i = 0; i < grants; i++) {
            grant(yaml, i, guardrails);
        }
        return yaml.toString();
    }

    private void guardrail(StringBuilder yaml, int number) {
        String effect = number == 0 ? "hold" : pick(EFFECTS);
        String pattern = number == 0 ? "**" : pick(PATTERNS);
        yaml.append("  - { name: g")
                .append(number)
                .append(", type: stated, config: { effect: ")
                .append(effect);
        yaml.append(", verbs: ")
                .append(some(VERBS))
                .append(", resources: [\"")
                .append(pattern)
                .append("\"]");
        yaml.append(", slow: ").append(random.nextInt(4) == 0);
        yaml.append(", commands: ").append(random.nextBoolean());
        yaml.append(", reads: [")
                .append(pick(List.of("ACCESSES", "TEXT", "TIME")))
                .append("] } }\n");
    }

    private void grant(StringBuilder yaml, int number, int guardrails) {
        yaml.append("  - name: grant")
                .append(number)
                .append("\n    who: { issuer: demo, ")
                .append(who())
                .append(" }\n");
        yaml.append("    targets: ").append(some(TARGETS)).append("\n    scope:\n");
        for (int i = 0; i <= random.nextInt(3); i++) {
            yaml.append("      - { verbs: ").append(some(VERBS));
            yaml.append(", resources: [\"").append(pick(PATTERNS)).append("\"] }\n");
        }
        List<String> judges = new ArrayList<>();
        for (int i = 0; i < guardrails; i++) {
            if (random.nextInt(3) < (i == 0 ? 2 : 1)) {
                judges.add("g" + i);
            }
        }
        yaml.append("    guardrails: ")
                .append(judges)
                .append("\n    uncovered: ")
                .append(choice());
        yaml.append("\n    opaque: ").append(choice()).append('\n');
        if (random.nextInt(4) == 0) {
            int days = random.nextBoolean() ? 400 : -2;
            yaml.append("    expires: ")
                    .append(LocalDate.now(ZoneOffset.UTC).plusDays(days))
                    .append('\n');
        }
        if (random.nextInt(4) == 0) {
            yaml.append("    networks: [")
                    .append(pick(List.of("127.0.0.0/8", "10.0.0.0/8")))
                    .append("]\n");
        }
        if (random.nextInt(4) == 0) {
            yaml.append("    databases: [other]\n    accounts: [root]\n");
        }
        if (random.nextInt(8) == 0) {
            yaml.append(
                    "    access: { by: request, approvers: { issuer: demo, groups: [dba], required: 1 }, longest: 1h }\n");
        }
    }

    private String who() {
        return switch (random.nextInt(4)) {
            case 0 -> "everyone: true";
            case 1 -> "subjects: " + some(SUBJECTS);
            case 2 -> "claims: { ref: " + pick(REFS) + " }";
            default -> "groups: " + some(GROUPS);
        };
    }

    Request request(TokenIssuer issuer) {
        List<String> groups = random.nextBoolean() ? List.of() : some(GROUPS);
        Map<String, String> more = random.nextBoolean() ? Map.of() : Map.of("ref", pick(REFS));
        return new Request(
                issuer.claims(pick(SUBJECTS), groups, more),
                random.nextInt(12) == 0 ? "nowhere" : pick(TARGETS),
                random.nextInt(8) == 0 ? pick(List.of("own", "root", "other")) : null,
                random.nextInt(8) == 0 ? pick(List.of("main", "other")) : null,
                text());
    }

    private String text() {
        List<String> accesses = new ArrayList<>();
        int count = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            accesses.add(pick(VERBS) + " " + pick(NAMES));
        }
        return (random.nextInt(6) == 0 ? "run " : "")
                + String.join(", ", accesses)
                + (random.nextInt(8) == 0 ? " opaque" : "");
    }

    private String choice() {
        return random.nextInt(3) == 0 ? "allow" : "deny";
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private List<String> some(List<String> words) {
        List<String> chosen = new ArrayList<>();
        while (chosen.isEmpty()) {
            words.stream().filter(word -> random.nextBoolean()).forEach(chosen::add);
        }
        return chosen;
    }
}
