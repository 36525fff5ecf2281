package io.sallyport.admin;

import io.sallyport.approval.ApprovalView;
import io.sallyport.approval.Vote;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

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
        json.put("requester", requester(view));
        json.put("target", view.binding().target());
        json.put("account", view.binding().account());
        put(json, "database", view.binding().database());
        json.put("rule", view.terms().rule());
        json.put("reason", view.terms().reason());
        json.put("approvers", approvers(view));
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

    private static Map<String, Object> requester(ApprovalView view) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("issuer", view.requester().issuer());
        json.put("subject", view.requester().subject());
        json.put("display", view.requester().display());
        put(json, "onBehalfOf", view.requester().onBehalfOf());
        json.put("claims", view.requester().claims());
        return json;
    }

    private static Map<String, Object> approvers(ApprovalView view) {
        var approvers = view.terms().approvers();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("issuer", approvers.issuer());
        json.put("groups", List.copyOf(new TreeSet<>(approvers.groups())));
        json.put("required", approvers.required());
        return json;
    }

    private static Map<String, Object> vote(Vote vote) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("issuer", vote.issuer());
        json.put("subject", vote.subject());
        json.put("display", vote.display());
        json.put("approve", vote.approve());
        json.put("comment", vote.comment());
        json.put("time", vote.time());
        return json;
    }

    private static void put(Map<String, Object> json, String key, @org.jspecify.annotations.Nullable Object value) {
        if (value != null) {
            json.put(key, value);
        }
    }
}
