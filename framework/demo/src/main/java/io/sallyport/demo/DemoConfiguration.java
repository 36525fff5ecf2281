package io.sallyport.demo;

import io.sallyport.demo.database.DemoDatabase;
import java.util.List;
import java.util.TreeMap;

/**
 * The text of the demo's {@code sallyport.yaml}: what an operator would write, with the demo's ports and addresses.
 */
final class DemoConfiguration {

    private static final String HEAD = """
            # Written by `sallyport demo`; an ordinary configuration with nothing special in it.
            node: demo
            store: { url: "jdbc:sqlite:./store.db" }
            journal: { directory: ./journal, signing-key: ./journal.key }

            admin:
              listen: 127.0.0.1:%d
              tls: { certificate: ./tls.crt, key: ./tls.key }
              audience: sallyport-admin
              operators:
                - { issuer: demo, groups: [dba],   role: approver }
                - { issuer: demo, groups: [audit], role: auditor }

            issuers:
              - name: demo
                issuer: %s
                audiences: [sallyport, sallyport-admin]
                display: "${name}"
                groups: groups

            connectors:
              - name: pg
                type: postgres
                config: { listen: 127.0.0.1:%d, tls: { certificate: ./tls.crt, key: ./tls.key } }
            """;

    private static final String TARGET = """
              - name: %1$s
                connector: pg
                address: postgres://127.0.0.1:%2$d/%1$s
                tls: { mode: verify-full, ca: ./ca.crt }
                credential: { user: %3$s, password: "${file:./%1$s.password}" }
                labels: { env: demo }
            """;

    private static final String GUARDRAILS = """

            guardrails:
              - name: D1
                type: deny-list
                config:
                  rules:
                    - { verbs: [insert, update, delete, merge, truncate], resources: [public.customers],
                        reason: "customers are not changed through the gateway" }
              - name: D2
                type: deny-list
                config:
                  rules:
                    - { verbs: [drop, truncate], reason: "schema and data are not dropped through the gateway" }
              - name: D3
                type: deny-list
                config:
                  rules:
                    - { verbs: [copy-program, copy-file, set-role], reason: "stay inside the database and the account" }
              - name: A1
                type: approval
                config:
                  rules: [ { verbs: [insert, update, delete, merge], resources: [public.orders] } ]
                  approvers: { issuer: demo, groups: [dba], required: 1 }
                  timeout: 15m
              - name: M1
                type: masking
                config:
                  fields: [ { field: public.customers.ssn, with: redact } ]
              - name: M2
                type: masking
                config:
                  detectors: [ email, credit-card, iban, us-ssn ]
                  with: partial
              - name: R
                type: deny-list
                config:
                  rules:
                    - { verbs: [drop, truncate, alter], reason: "schema and data are not dropped or altered" }
                    - { verbs: [update, delete, merge], traits: [no-where], reason: "say which rows, with a condition" }
            """;

    private static final String GRANT = """
              - name: %s
                who: { issuer: demo, %s }
                targets: [%s]
            %s""";

    private static final String APP_RULES = """
                scope:
                  - { verbs: ["*"], resources: ["public.**", "function:public.**", "channel:**"] }
                guardrails: [D1, D2, D3, A1, M1, M2]
            """;

    private static final String SCRATCH_RULES = """
                scope:
                  - verbs: ["*"]
                    resources: ["**", "function:**", "operator:**", "type:**", "schema:**", "role:**", "database:**",
                                "setting:**", "channel:**", "advisory:**", "statement:**", "cursor:**", "file:**",
                                "program:**", "large-object:**", "object:**", "session:**", "client:**"]
                guardrails: [R]
            """;

    private static final String BENCH_RULES = """
                scope:
                  - verbs: ["*"]
                    resources: ["**", "function:**", "operator:**", "type:**", "schema:**", "role:**", "database:**",
                                "setting:**", "channel:**", "advisory:**", "statement:**", "cursor:**", "file:**",
                                "program:**", "large-object:**", "object:**", "session:**", "client:**"]
                opaque: allow
                uncovered: allow
            """;

    private DemoConfiguration() {}

    static String text(DemoPorts ports, String issuer, int postgresPort, List<DemoPart> parts) {
        StringBuilder text = new StringBuilder(HEAD.formatted(ports.admin(), issuer, ports.postgres()));
        parts.forEach(part -> text.append(part.connectors()));
        text.append("\ncredential-sources:\n");
        parts.forEach(part -> text.append(part.sources()));
        text.append("\ntargets:\n");
        for (DemoDatabase database : DemoDatabase.values()) {
            text.append(TARGET.formatted(database.id(), postgresPort, database.account()));
        }
        parts.forEach(part -> text.append(part.targets()));
        text.append(GUARDRAILS);
        parts.forEach(part -> text.append(part.guardrails()));
        text.append("\ngrants:\n");
        for (DemoDatabase database : DemoDatabase.values()) {
            new TreeMap<>(DemoPart.USERS)
                    .forEach((name, who) -> text.append(
                            GRANT.formatted(database.id() + "-" + name, who, database.id(), rules(database))));
        }
        parts.forEach(part -> text.append(part.grants()));
        return text.toString();
    }

    private static String rules(DemoDatabase database) {
        return switch (database) {
            case APP -> APP_RULES;
            case SCRATCH -> SCRATCH_RULES;
            case BENCH -> BENCH_RULES;
        };
    }
}
