package io.sallyport.kubernetes.naming;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.Trait;
import io.sallyport.api.action.Verb;
import io.sallyport.kubernetes.naming.NamedRequest.Form;
import io.sallyport.kubernetes.naming.NamedRequest.ResourceName;
import io.sallyport.kubernetes.naming.line.FieldSelector;
import io.sallyport.kubernetes.naming.line.ObjectPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request for an object would do. The HTTP method decides only where nothing else does: an exec by GET creates a
 * process, an eviction deletes a pod.
 *
 * @param verb what is done
 * @param object to what
 * @param form how its bytes move
 * @param unread what cannot be known, null if all is
 */
record Meaning(
        Verb verb, ResourceName object, Form form, @Nullable String unread) {

    private static final Map<String, Form> UPGRADES =
            Map.of("exec", Form.EXEC, "attach", Form.ATTACH, "portforward", Form.PORT_FORWARD);
    private static final Set<String> PROXIED = Set.of("pods", "services", "nodes");
    private static final Map<String, Verb> BY_METHOD = Map.of(
            "GET", KubernetesVocabulary.GET,
            "HEAD", KubernetesVocabulary.GET,
            "POST", KubernetesVocabulary.CREATE,
            "PUT", KubernetesVocabulary.UPDATE,
            "PATCH", KubernetesVocabulary.PATCH,
            "DELETE", KubernetesVocabulary.DELETE);

    /** The verb of a method where nothing else says more. */
    static Verb ofMethod(String method) {
        Verb verb = BY_METHOD.get(method);
        if (verb == null) {
            throw new MalformedRequestException("the API has no method of this name");
        }
        return verb;
    }

    static Meaning of(String method, ObjectPath path, Map<String, List<String>> query) {
        ResourceName object = named(path.parts());
        Verb plain = ofMethod(method);
        String subresource = object.subresource();
        boolean core = object.group().isEmpty();
        if (core && object.plural().equals("pods") && subresource != null && UPGRADES.containsKey(subresource)) {
            return new Meaning(KubernetesVocabulary.CREATE, object, UPGRADES.get(subresource), unknown(path));
        }
        if (core && "proxy".equals(subresource) && PROXIED.contains(object.plural())) {
            ResourceName without = withName(object, proxiedName(String.valueOf(object.name())));
            return new Meaning(
                    KubernetesVocabulary.CREATE,
                    without,
                    Form.PROXY,
                    "what a " + object.plural() + " proxy does is known behind the API server only");
        }
        if (path.watch()) {
            if (!plain.equals(KubernetesVocabulary.GET)) {
                throw new MalformedRequestException("a path below watch is read with GET only");
            }
            return new Meaning(KubernetesVocabulary.WATCH, object, Form.WATCH, unknown(path));
        }
        if (object.name() == null) {
            return ofCollection(plain, path, query);
        }
        boolean log = core && object.plural().equals("pods") && "log".equals(subresource);
        boolean debugs = "ephemeralcontainers".equals(subresource) && !plain.equals(KubernetesVocabulary.GET);
        return new Meaning(
                debugs ? KubernetesVocabulary.CREATE : plain, object, log ? Form.LOG : Form.PLAIN, unknown(path));
    }

    private static Meaning ofCollection(Verb plain, ObjectPath path, Map<String, List<String>> query) {
        ResourceName object = named(path.parts());
        if (plain.equals(KubernetesVocabulary.GET)) {
            object = selected(object, query);
            boolean watch = truth(query.get("watch"));
            return new Meaning(
                    watch ? KubernetesVocabulary.WATCH : KubernetesVocabulary.LIST,
                    object,
                    watch ? Form.WATCH : Form.PLAIN,
                    unknown(path));
        }
        if (plain.equals(KubernetesVocabulary.DELETE)) {
            // Here the API server itself does not look at the selector.
            return new Meaning(KubernetesVocabulary.DELETE_COLLECTION, object, Form.PLAIN, unknown(path));
        }
        return new Meaning(plain, object, Form.PLAIN, unknown(path));
    }

    /** What is read of a collection that a selector restricts to one object has that object's name, as in the API server. */
    private static ResourceName selected(ResourceName object, Map<String, List<String>> query) {
        List<String> selectors = query.getOrDefault("fieldSelector", List.of());
        String name = selectors.isEmpty() ? null : FieldSelector.name(selectors.get(0));
        return name == null ? object : withName(object, name);
    }

    private static ResourceName named(ObjectPath.Parts parts) {
        return new ResourceName(
                parts.group(), parts.version(), parts.namespace(), parts.plural(), parts.name(), parts.subresource());
    }

    private static ResourceName withName(ResourceName object, @Nullable String name) {
        return new ResourceName(
                object.group(), object.version(), object.namespace(), object.plural(), name, object.subresource());
    }

    /** A parameter is true unless it says that it is not: also when it has no value. */
    static boolean truth(@Nullable List<String> values) {
        return values != null
                && !values.isEmpty()
                && !values.get(0).equalsIgnoreCase("false")
                && !values.get(0).equals("0");
    }

    /** The object's name without the scheme and the port that a proxy's path may have: {@code https:web:8443}. */
    private static String proxiedName(String name) {
        int first = name.indexOf(':');
        if (first < 0) {
            return name;
        }
        int second = name.indexOf(':', first + 1);
        return second < 0 ? name.substring(0, first) : name.substring(first + 1, second);
    }

    private static @Nullable String unknown(ObjectPath path) {
        if (path.more()) {
            return "the path goes on behind its subresource, which only the API behind it understands";
        }
        return ObjectPath.label(path.parts().plural())
                ? null
                : "the path names no kind of object as Kubernetes spells them";
    }

    /** What the request would do, the verb on the object first. */
    List<Access> accesses(Set<Trait> traits) {
        List<Access> accesses = new ArrayList<>(2);
        accesses.add(new Access(verb, resource(), traits));
        String sub = object.subresource();
        boolean core = object.group().isEmpty();
        if (core && verb.equals(KubernetesVocabulary.CREATE)) {
            if (object.plural().equals("pods") && "eviction".equals(sub)) {
                accesses.add(new Access(KubernetesVocabulary.DELETE, resource(object.plural(), null), traits));
            }
            if (object.plural().equals("bindings")) {
                accesses.add(new Access(verb, resource("pods", "binding"), traits));
            }
        }
        if (traits.contains(KubernetesVocabulary.APPLY)) {
            accesses.add(new Access(KubernetesVocabulary.CREATE, resource(), traits));
        }
        return List.copyOf(accesses);
    }

    /** The object in the spelling of grants and rules. */
    Resource resource() {
        return resource(object.plural(), object.subresource());
    }

    private Resource resource(String plural, @Nullable String subresource) {
        String kind = object.group().isEmpty() ? plural : plural + "." + object.group();
        String name = object.name() == null ? Resource.ALL : object.name();
        String segment = subresource == null ? kind : kind + ":" + subresource;
        return Resource.of(KubernetesVocabulary.OBJECT, namespace(kind, name), segment, name);
    }

    private String namespace(String kind, String name) {
        if (kind.equals("namespaces")) {
            return name;
        }
        if (object.namespace() != null) {
            return object.namespace();
        }
        boolean one = object.name() != null && !ofCollection(verb);
        boolean cluster = one
                || (verb.equals(KubernetesVocabulary.CREATE) && !object.group().isEmpty());
        return cluster || ClusterScope.known(object.group(), kind) ? KubernetesVocabulary.CLUSTER : Resource.ALL;
    }

    /** Verbs whose request names a collection, also where a selector restricts it to one name. */
    private static boolean ofCollection(Verb verb) {
        return verb.equals(KubernetesVocabulary.LIST)
                || verb.equals(KubernetesVocabulary.WATCH)
                || verb.equals(KubernetesVocabulary.DELETE_COLLECTION);
    }
}
