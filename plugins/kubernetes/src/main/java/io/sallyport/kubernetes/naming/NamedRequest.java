package io.sallyport.kubernetes.naming;

import io.sallyport.api.action.Analysis;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as Kubernetes means it.
 *
 * <ol>
 *   <li>Two requests with the same meaning have the same analysis: an exec over WebSocket (GET) and one over SPDY (POST),
 *       with the same arguments, are one intent.
 *   <li>What cannot be read is {@link Analysis#opaque() opaque}, never guessed.
 * </ol>
 *
 * @param analysis the text for people and rules, and the accesses
 * @param form how the request's bytes move
 * @param changes whether it may change something at the target, so that the head of its answer waits for the outcome
 * @param dryRun whether the client asks for a rehearsal
 * @param resource what it is about; null for a path that names no resource
 * @param query the decoded query parameters, in order
 */
public record NamedRequest(
        Analysis analysis,
        Form form,
        boolean changes,
        boolean dryRun,
        @Nullable ResourceName resource,
        Map<String, List<String>> query) {

    /** The first value of a query parameter, null if it has none. */
    public @Nullable String parameter(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? null : values.get(0);
    }

    /** All values of a query parameter in order, such as the arguments of a command. */
    public List<String> parameters(String name) {
        return query.getOrDefault(name, List.of());
    }

    /** Whether a query parameter is true as the API server reads it. */
    public boolean flag(String name) {
        String value = parameter(name);
        return value != null && !value.equals("false") && !value.equals("0");
    }

    /** How the bytes of a request and of its answer move. */
    public enum Form {
        /** A request with an answer. */
        PLAIN,
        /** A request whose answer is a sequence of events without an end of its own. */
        WATCH,
        /** A request whose answer is text, such as a container's log. */
        LOG,
        /** An upgrade to the streams of a command. */
        EXEC,
        /** An upgrade to the streams of a running process. */
        ATTACH,
        /** An upgrade to the streams of ports. */
        PORT_FORWARD,
        /** A request that the API server hands to a pod, a service or a node, and that may be an upgrade. */
        PROXY
    }

    /**
     * The parts of a resource's path, decoded.
     *
     * @param group the API group, empty for the core
     * @param version the version
     * @param namespace null for cluster scope and for all namespaces
     * @param plural the plural name, such as {@code pods}
     * @param name null for a collection
     * @param subresource null if there is none
     */
    public record ResourceName(
            String group,
            String version,
            @Nullable String namespace,
            String plural,
            @Nullable String name,
            @Nullable String subresource) {}
}
