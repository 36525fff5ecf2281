package io.sallyport.admin;

import io.sallyport.api.guardrail.Approvers;
import io.sallyport.api.principal.Principal;
import io.sallyport.approval.ApprovalView;
import io.sallyport.approval.Vote;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Approvals as the admin API shows them. */
final class ApprovalJson {

    private ApprovalJson() {}

    /** Without what may be long. */
    static Map<String, Object> summary(ApprovalView view) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", view.id());
        json.put("state", view.state().word());
        json.put("version", view.version());
        json.put("title", view.presentation().title());
        json.put("requester", requester(view.requester()));
        json.put("target", view.binding().target());
        json.put("account", view.binding().account());
        put(json, "database", view.binding().database());
        json.put("rule", view.terms().rule());
        json.put("reason", view.terms().reason());
        json.put("approvers", approvers(view.terms().approvers()));
        json.put("requestedAt", view.times().requested());
        json.put("expiresAt", view.times().expires());
        put(json, "decidedAt", view.times().decided());
        put(json, "endedAt", view.times().ended());
        put(json, "endReason", view.endReason());
        json.put("node", view.node());
        json.put("session", view.session());
        json.put("action", view.action());
        json.put("votes", view.votes().stream().map(ApprovalJson::vote).toList());
        return json;
    }

    /** With everything that the digest fixes. */
    static Map<String, Object> whole(ApprovalView view) {
        Map<String, Object> json = summary(view);
        json.put("digest", view.binding().digest());
        json.put("carrySeconds", view.terms().carry().toSeconds());
        json.put("text", view.presentation().text());
        json.put("parameters", view.presentation().parameters());
        json.put("context", view.presentation().context());
        return json;
    }

    /** Who asks. */
    static Map<String, Object> requester(Principal person) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("issuer", person.issuer());
        json.put("subject", person.subject());
        json.put("display", person.display());
        put(json, "onBehalfOf", person.onBehalfOf());
        json.put("claims", person.claims());
        return json;
    }

    /** Who decides. */
    static Map<String, Object> approvers(Approvers approvers) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("issuer", approvers.issuer());
        json.put("groups", List.copyOf(new TreeSet<>(approvers.groups())));
        json.put("required", approvers.required());
        return json;
    }

    /** What somebody said. */
    static Map<String, Object> vote(Vote vote) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("issuer", vote.issuer());
        json.put("subject", vote.subject());
        json.put("display", vote.display());
        json.put("approve", vote.approve());
        json.put("comment", vote.comment());
        json.put("time", vote.time());
        return json;
    }

    /** Puts what is there. */
    static void put(Map<String, Object> json, String key, @Nullable Object value) {
        if (value != null) {
            json.put(key, value);
        }
    }
}
