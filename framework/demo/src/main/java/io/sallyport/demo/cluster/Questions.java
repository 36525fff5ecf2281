package io.sallyport.demo.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.demo.cluster.http.Request;
import io.sallyport.demo.cluster.store.Kind;

/** Answers what an account asks about itself: in this cluster every account may do everything. */
final class Questions {

    private Questions() {}

    static ObjectNode answer(Kind kind, Request request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("kind", kind.name()).put("apiVersion", kind.apiVersion());
        answer.putObject("metadata");
        ObjectNode status = answer.putObject("status");
        switch (kind.plural()) {
            case "selfsubjectaccessreviews" -> {
                answer.putObject("spec");
                status.put("allowed", true);
            }
            case "selfsubjectrulesreviews" -> {
                answer.putObject("spec");
                ObjectNode rule = status.putArray("resourceRules").addObject();
                rule.putArray("verbs").add("*");
                rule.putArray("apiGroups").add("*");
                rule.putArray("resources").add("*");
                status.putArray("nonResourceRules");
                status.put("incomplete", false);
            }
            default -> {
                String impersonated = request.header("impersonate-user");
                status.putObject("userInfo")
                        .put(
                                "username",
                                impersonated.isEmpty() ? "system:serviceaccount:kube-system:gateway" : impersonated);
            }
        }
        return answer;
    }
}
