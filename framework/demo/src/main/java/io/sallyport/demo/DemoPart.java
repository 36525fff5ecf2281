package io.sallyport.demo;

import java.util.Map;

/**
 * What one kind of target adds to the demo's configuration: entries of these lists, indented by two spaces.
 *
 * @param sources entries of {@code credential-sources:}
 * @param connectors entries of {@code connectors:}
 * @param targets entries of {@code targets:}
 * @param guardrails entries of {@code guardrails:}
 * @param grants entries of {@code grants:}
 */
public record DemoPart(String sources, String connectors, String targets, String guardrails, String grants) {

    /** Who uses a target in the demo: the people of the group, and the pipeline of one project's main branch. */
    public static final Map<String, String> USERS =
            Map.of("dev", "groups: [dev]", "ci", "claims: { project_id: \"42\", ref_type: branch, ref: main }");
}
