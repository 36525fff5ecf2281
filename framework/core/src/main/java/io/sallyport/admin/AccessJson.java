package io.sallyport.admin;

import io.sallyport.api.guardrail.Approvers;
import io.sallyport.approval.access.AccessView;
import java.util.LinkedHashMap;
import java.util.Map;

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
        json.put("requester", ApprovalJson.requester(view.requester()));
        json.put("seconds", view.asked().duration().toSeconds());
        json.put("reason", view.asked().reason());
        ApprovalJson.put(json, "ticket", view.asked().ticket());
        Approvers approvers = view.terms().approvers();
        ApprovalJson.put(json, "approvers", approvers == null ? null : ApprovalJson.approvers(approvers));
        json.put("requestedAt", view.times().requested());
        json.put("expiresAt", view.times().expires());
        ApprovalJson.put(json, "decidedAt", view.times().decided());
        ApprovalJson.put(json, "endsAt", view.times().ends());
        AccessView.End end = view.end();
        if (end != null) {
            json.put("endedAt", end.time());
            json.put("endedBy", end.by());
            json.put("endReason", end.reason());
        }
        json.put("votes", view.votes().stream().map(ApprovalJson::vote).toList());
        return json;
    }

    /** With what the grant opens. */
    static Map<String, Object> whole(AccessView view) {
        Map<String, Object> json = summary(view);
        json.put("opens", view.asked().opens());
        return json;
    }
}
