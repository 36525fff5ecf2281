package io.sallyport.admin;

import io.sallyport.api.guardrail.Approvers;
import io.sallyport.approval.Vote;
import io.sallyport.approval.access.AccessView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Requests for access as the admin API shows them. */
final class AccessJson {

    private AccessJson() {}

    /** Without what may be long. */
    static Map<String, Object> summary(AccessView view) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", view.id());
        json.put("state", view.state().word());
        json.put("grant", view.grant());
        json.put("breakGlass", view.terms().breakGlass());
        json.put("requester", requester(view));
        json.put("seconds", view.asked().duration().toSeconds());
        json.put("reason", view.asked().reason());
        put(json, "ticket", view.asked().ticket());
        Approvers approvers = view.terms().approvers();
        put(json, "approvers", approvers == null ? null : approvers(approvers));
        json.put("requestedAt", view.times().requested());
        json.put("expiresAt", view.times().expires());
        put(json, "decidedAt", view.times().decided());
        put(json, "endsAt", view.times().ends());
        AccessView.End end = view.end();
        if (end != null) {
            json.put("endedAt", end.time());
            json.put("endedBy", end.by());
            json.put("endReason", end.reason());
        }
        json.put("votes", view.votes().stream().map(AccessJson::vote).toList());
        return json;
    }

    /** With what the grant opens. */
    static Map<String, Object> whole(AccessView view) {
        Map<String, Object> json = summary(view);
        json.put("opens", view.asked().opens());
        return json;
    }

    private static Map<String, Object> requester(AccessView view) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("issuer", view.requester().issuer());
        json.put("subject", view.requester().subject());
        json.put("display", view.requester().display());
        put(json, "onBehalfOf", view.requester().onBehalfOf());
        json.put("claims", view.requester().claims());
        return json;
    }

    private static Map<String, Object> approvers(Approvers approvers) {
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

    private static void put(Map<String, Object> json, String key, @Nullable Object value) {
        if (value != null) {
            json.put(key, value);
        }
    }
}
