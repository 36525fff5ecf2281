package io.sallyport.kubernetes.naming;

import io.sallyport.api.action.Action;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.ApiRequest;
import io.sallyport.api.action.Verb;
import io.sallyport.kubernetes.naming.NamedRequest.Form;
import io.sallyport.kubernetes.naming.NamedRequest.ResourceName;
import io.sallyport.kubernetes.naming.line.CanonicalPath;
import io.sallyport.kubernetes.naming.line.MalformedLineException;
import java.util.List;
import java.util.Set;

/**
 * Reads a request as a person writes it: {@code delete prod/pods/web-1}, {@code get path:/metrics}, or the request's own first
 * line, {@code GET /api/v1/pods?watch=1}.
 */
public final class WrittenRequest {

    private static final String HOW = "write VERB NAMESPACE/PLURAL[.GROUP][:SUBRESOURCE]/NAME, VERB path:/PATH,"
            + " or METHOD /PATH as kubectl -v=6 shows it";
    private static final Set<String> WITHOUT = Set.of(KubernetesVocabulary.CLUSTER, "*");

    private WrittenRequest() {}

    /**
     * The request that a text describes.
     *
     * @throws IllegalArgumentException if it describes none; the message says how to write it
     */
    public static Action read(String text) {
        String line = text.strip();
        int space = line.indexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException(HOW);
        }
        String first = line.substring(0, space);
        String rest = line.substring(space + 1).strip();
        try {
            if (rest.startsWith("/")) {
                return new ApiRequest(RequestNaming.of(first, rest).analysis(), first, rest, null);
            }
            return new ApiRequest(described(new Verb(first), rest), "", "", null);
        } catch (MalformedRequestException | MalformedLineException e) {
            throw new IllegalArgumentException(e.getMessage() + "; " + HOW, e);
        }
    }

    private static Analysis described(Verb verb, String resource) {
        if (!KubernetesVocabulary.vocabulary().verbs().contains(verb)) {
            throw new IllegalArgumentException("there is no verb '" + verb + "'; " + HOW);
        }
        String path = KubernetesVocabulary.PATH.prefix() + ":/";
        if (resource.startsWith(path)) {
            List<String> segments =
                    CanonicalPath.split(resource.substring(path.length() - 1)).segments();
            return RequestNaming.ofPath(verb, segments, java.util.Map.of()).analysis();
        }
        String[] parts = resource.split("/", 3);
        if (parts.length != 3 || parts[1].isEmpty() || parts[2].isEmpty()) {
            throw new IllegalArgumentException(HOW);
        }
        Meaning meaning = new Meaning(verb, object(parts), Form.PLAIN, null);
        boolean proxy = parts[1].endsWith(":proxy");
        return proxy
                ? Analysis.opaque(resource, meaning.accesses(Set.of()), "what a proxy is asked is known behind it only")
                : Analysis.exact(verb + " " + meaning.resource(), meaning.accesses(Set.of()));
    }

    private static ResourceName object(String[] parts) {
        int colon = parts[1].indexOf(':');
        String kind = colon < 0 ? parts[1] : parts[1].substring(0, colon);
        int dot = kind.indexOf('.');
        return new ResourceName(
                dot < 0 ? "" : kind.substring(dot + 1),
                "v1",
                WITHOUT.contains(parts[0]) ? null : parts[0],
                dot < 0 ? kind : kind.substring(0, dot),
                parts[2].equals("*") ? null : parts[2],
                colon < 0 ? null : parts[1].substring(colon + 1));
    }
}
