package io.sallyport.demo.cluster.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A request that fails, with the status that says so. */
public final class ApiFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    /** A failure with an HTTP status, Kubernetes' word for it, and a message. */
    public ApiFailure(int code, String reason, String message) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    /** There is no such object. */
    public static ApiFailure notFound(Kind kind, String name) {
        return new ApiFailure(404, "NotFound", kind.qualified() + " \"" + name + "\" not found");
    }

    /** The HTTP status. */
    public int code() {
        return code;
    }

    /** The answer's body. */
    public ObjectNode status() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return status.put("status", "Failure")
                .put("message", getMessage())
                .put("reason", reason)
                .put("code", code);
    }
}
