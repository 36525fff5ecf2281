package io.sallyport.kubernetes.relay;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.kubernetes.http.Headers;
import java.nio.charset.StandardCharsets;

/**
 * An answer of the gateway's own, in the form of the Kubernetes API: an object of kind {@code Status}.
 *
 * @param code the HTTP status
 * @param message what kubectl prints
 * @param retryAfter seconds after which the client may come again, 0 for not at all
 */
record Status(int code, String message, int retryAfter) {

    static Status of(int code, String message) {
        return new Status(code, "sallyport: " + message, 0);
    }

    /** A refusal by a rule. */
    static Status denied(Verdict.Deny deny, String session, long number) {
        return of(403, deny.reason() + " [" + deny.rule() + "] (session " + session + ", action " + number + ")");
    }

    /** The word for machines. */
    private String reason() {
        return switch (code) {
            case 400 -> "BadRequest";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "NotFound";
            case 405 -> "MethodNotAllowed";
            case 406 -> "NotAcceptable";
            case 413 -> "RequestEntityTooLarge";
            case 415 -> "UnsupportedMediaType";
            case 429 -> "TooManyRequests";
            case 503 -> "ServiceUnavailable";
            default -> "InternalError";
        };
    }

    private byte[] json() {
        StringBuilder json = new StringBuilder(256 + message.length());
        json.append("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"");
        JsonStringEncoder.getInstance().quoteAsString(message, json);
        json.append("\",\"reason\":\"").append(reason()).append('"');
        if (retryAfter > 0) {
            json.append(",\"details\":{\"retryAfterSeconds\":")
                    .append(retryAfter)
                    .append('}');
        }
        json.append(",\"code\":").append(code).append("}\n");
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Sends it. */
    void answer(ClientSide client, boolean headOnly) {
        byte[] json = json();
        Headers headers =
                new Headers().add("content-type", "application/json").add("cache-control", "no-cache, private");
        if (retryAfter > 0) {
            headers.add("retry-after", Integer.toString(retryAfter));
        }
        if (code == 401) {
            headers.add("www-authenticate", "Bearer realm=\"sallyport\"");
        }
        client.head(code, headers, json.length);
        if (!headOnly) {
            ByteBuf body = Unpooled.wrappedBuffer(json);
            client.body(body);
        }
        client.end();
        client.flush();
    }
}
