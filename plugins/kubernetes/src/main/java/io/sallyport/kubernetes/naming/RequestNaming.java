package io.sallyport.kubernetes.naming;

import io.sallyport.api.action.Analysis;
import io.sallyport.kubernetes.naming.NamedRequest.Form;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what requests mean. Without state; safe for use by several threads. */
public final class RequestNaming {

    private RequestNaming() {}

    /**
     * Reads a request's first line.
     *
     * @param method as sent
     * @param pathAndQuery as it will be forwarded, beginning with a slash
     * @throws MalformedRequestException if the path has more than one reading: dot segments, empty segments, encoded
     *     slashes, control characters
     */
    public static NamedRequest of(String method, String pathAndQuery) {
        return new NamedRequest(
                Analysis.opaque(method + " " + pathAndQuery, List.of(), "requests are not read yet"),
                Form.PLAIN,
                !method.equals("GET"),
                false,
                null,
                Map.of());
    }

    /**
     * Reads the body too: a name, traits and text that only the body has.
     *
     * @param contentType the Content-Type header, null if there is none
     * @param body the whole body, not empty
     * @return the request with what the body adds; opaque if the body decides what happens and cannot be read
     */
    public static NamedRequest withBody(NamedRequest request, @Nullable String contentType, byte[] body) {
        return request;
    }
}
