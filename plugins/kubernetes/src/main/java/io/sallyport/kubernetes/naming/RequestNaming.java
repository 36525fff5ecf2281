package io.sallyport.kubernetes.naming;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.Trait;
import io.sallyport.api.action.Verb;
import io.sallyport.kubernetes.naming.NamedRequest.Form;
import io.sallyport.kubernetes.naming.NamedRequest.ResourceName;
import io.sallyport.kubernetes.naming.body.BodyText;
import io.sallyport.kubernetes.naming.line.CanonicalPath;
import io.sallyport.kubernetes.naming.line.MalformedLineException;
import io.sallyport.kubernetes.naming.line.ObjectPath;
import io.sallyport.kubernetes.naming.line.QueryText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what requests mean. Without state; safe for use by several threads. */
public final class RequestNaming {

    private static final Set<Verb> READING =
            Set.of(KubernetesVocabulary.GET, KubernetesVocabulary.LIST, KubernetesVocabulary.WATCH);
    private static final Set<Verb> STORING = Set.of(
            KubernetesVocabulary.CREATE,
            KubernetesVocabulary.UPDATE,
            KubernetesVocabulary.PATCH,
            KubernetesVocabulary.DELETE,
            KubernetesVocabulary.DELETE_COLLECTION);

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
        try {
            return read(method, pathAndQuery);
        } catch (MalformedLineException e) {
            throw new MalformedRequestException(e.getMessage());
        }
    }

    private static NamedRequest read(String method, String pathAndQuery) {
        int question = pathAndQuery.indexOf('?');
        String path = question < 0 ? pathAndQuery : pathAndQuery.substring(0, question);
        Map<String, List<String>> query =
                question < 0 ? Map.of() : QueryText.read(pathAndQuery.substring(question + 1));
        CanonicalPath.Split split = CanonicalPath.split(path);
        ObjectPath object = ObjectPath.read(split);
        return object == null
                ? ofPath(Meaning.ofMethod(method), split.segments(), query)
                : named(Meaning.of(method, object, query), restOf(split), query, BodyFacts.NONE);
    }

    static NamedRequest ofPath(Verb verb, List<String> segments, Map<String, List<String>> query) {
        List<String> rooted = new ArrayList<>(segments.size() + 2);
        rooted.add("");
        rooted.addAll(segments.isEmpty() ? List.of("") : segments);
        Access access = Access.of(verb, new Resource(KubernetesVocabulary.PATH, rooted, true));
        String text = RequestText.head(access, List.of(), query);
        return new NamedRequest(
                Analysis.exact(text, List.of(access)), Form.PLAIN, !READING.contains(verb), false, null, query);
    }

    private static List<String> restOf(CanonicalPath.Split split) {
        int size = split.segments().size();
        return split.segments().subList(size - split.rest(), size);
    }

    private static NamedRequest named(
            Meaning meaning, List<String> rest, Map<String, List<String>> query, BodyFacts body) {
        Set<Trait> traits = traits(meaning, query, body);
        List<Access> accesses = meaning.accesses(traits);
        String text = RequestText.head(accesses.get(0), rest, query) + body.text();
        String unread = meaning.unread() != null ? meaning.unread() : body.unread();
        Analysis analysis = unread == null ? Analysis.exact(text, accesses) : Analysis.opaque(text, accesses, unread);
        return new NamedRequest(
                analysis,
                meaning.form(),
                !READING.contains(meaning.verb()),
                traits.contains(KubernetesVocabulary.DRY_RUN),
                meaning.object(),
                query);
    }

    private static Set<Trait> traits(Meaning meaning, Map<String, List<String>> query, BodyFacts body) {
        Set<Trait> traits = new HashSet<>();
        boolean connects = meaning.form() != Form.PLAIN;
        List<String> dryRun = body.options() ? body.dryRun() : query.getOrDefault("dryRun", List.of());
        if (STORING.contains(meaning.verb()) && !connects && dryRun.equals(List.of("All"))) {
            traits.add(KubernetesVocabulary.DRY_RUN);
        }
        if (meaning.verb().equals(KubernetesVocabulary.PATCH) && body.apply()) {
            traits.add(KubernetesVocabulary.APPLY);
        }
        boolean noGrace = body.noGrace()
                || query.getOrDefault("gracePeriodSeconds", List.of()).contains("0");
        if (Meaning.truth(query.get("force")) || noGrace) {
            traits.add(KubernetesVocabulary.FORCE);
        }
        boolean collection = meaning.verb().equals(KubernetesVocabulary.LIST)
                || meaning.verb().equals(KubernetesVocabulary.WATCH)
                || meaning.verb().equals(KubernetesVocabulary.DELETE_COLLECTION);
        if (collection && blank(query, "labelSelector") && blank(query, "fieldSelector")) {
            traits.add(KubernetesVocabulary.NO_SELECTOR);
        }
        return traits;
    }

    private static boolean blank(Map<String, List<String>> query, String name) {
        return query.getOrDefault(name, List.of()).stream().allMatch(String::isEmpty);
    }

    /**
     * Reads the body too: a name, traits and text that only the body has.
     *
     * @param contentType the Content-Type header, null if there is none
     * @param body the whole body, not empty
     * @return the request with what the body adds; opaque if the body decides what happens and cannot be read
     */
    public static NamedRequest withBody(NamedRequest request, @Nullable String contentType, byte[] body) {
        ResourceName object = request.resource();
        Verb verb = request.analysis().accesses().get(0).verb();
        if (object == null || request.form() != Form.PLAIN || READING.contains(verb)) {
            return withUnnamedBody(request, contentType, body);
        }
        String type = mediaType(contentType);
        BodyFacts facts = BodyReading.read(verb, object, type, body);
        boolean collection = verb.equals(KubernetesVocabulary.CREATE) && object.name() == null;
        ResourceName named = collection && facts.name() != null ? withName(object, facts.name()) : object;
        Meaning meaning =
                new Meaning(verb, named, Form.PLAIN, request.analysis().opaqueBecause());
        return named(meaning, List.of(), request.query(), facts);
    }

    /** A path that names no object, an upgrade, or a reading request: what is in the body only makes the text longer. */
    private static NamedRequest withUnnamedBody(NamedRequest request, @Nullable String contentType, byte[] body) {
        Analysis analysis = request.analysis();
        BodyText text = BodyText.read(mediaType(contentType), body, BodyText.Hidden.NOTHING);
        String because = analysis.opaqueBecause() != null ? analysis.opaqueBecause() : text.unread();
        String whole = analysis.text() + text.text();
        Analysis read = because == null
                ? Analysis.exact(whole, analysis.accesses())
                : Analysis.opaque(whole, analysis.accesses(), because);
        return new NamedRequest(
                read, request.form(), request.changes(), request.dryRun(), request.resource(), request.query());
    }

    private static ResourceName withName(ResourceName object, String name) {
        return new ResourceName(
                object.group(), object.version(), object.namespace(), object.plural(), name, object.subresource());
    }

    /** The media type without parameters; JSON where there is none, as the API server takes it. */
    static String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return "application/json";
        }
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
