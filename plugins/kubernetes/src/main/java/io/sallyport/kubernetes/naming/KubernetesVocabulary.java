package io.sallyport.kubernetes.naming;

import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.Trait;
import io.sallyport.api.action.Verb;
import io.sallyport.api.action.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The verbs, traits and kinds of resource of the Kubernetes connector. */
public final class KubernetesVocabulary {

    /** One object is read, or a subresource such as a log. */
    public static final Verb GET = new Verb("get");

    /** A collection is read. */
    public static final Verb LIST = new Verb("list");

    /** Changes are followed. */
    public static final Verb WATCH = new Verb("watch");

    /** Something is made: an object, the process of an exec, a tunnel, a token. */
    public static final Verb CREATE = new Verb("create");

    /** An object is replaced. */
    public static final Verb UPDATE = new Verb("update");

    /** A part of an object is changed. */
    public static final Verb PATCH = new Verb("patch");

    /** One object is removed. */
    public static final Verb DELETE = new Verb("delete");

    /** All objects of a collection, or those that a selector finds, are removed. */
    public static final Verb DELETE_COLLECTION = new Verb("deletecollection");

    /** A request is made in another identity's name. */
    public static final Verb IMPERSONATE = new Verb("impersonate");

    /** Nothing is stored: a rehearsal at the server. */
    public static final Trait DRY_RUN = new Trait("dry-run");

    /** A server-side apply. */
    public static final Trait APPLY = new Trait("apply");

    /** Conflicts with other managers of a field are overridden, or a deletion leaves no time to end. */
    public static final Trait FORCE = new Trait("force");

    /** No selector restricts which objects of the collection are meant. */
    public static final Trait NO_SELECTOR = new Trait("no-selector");

    /**
     * Objects, {@code NAMESPACE/PLURAL[.GROUP][:SUBRESOURCE]/NAME}, and fields of objects,
     * {@code PLURAL[.GROUP]/FIELD/FIELD}.
     */
    public static final ResourceKind OBJECT = new ResourceKind("", '/', true);

    /** Paths of the API server that name no object, {@code path:/metrics}. */
    public static final ResourceKind PATH = new ResourceKind("path", '/', false);

    /** The namespace segment of what lies in no namespace. */
    public static final String CLUSTER = "-";

    private static final Set<Verb> VERBS =
            Set.of(GET, LIST, WATCH, CREATE, UPDATE, PATCH, DELETE, DELETE_COLLECTION, IMPERSONATE);

    private static final Set<Trait> TRAITS = Set.of(DRY_RUN, APPLY, FORCE, NO_SELECTOR);

    /** Discovery, schemas, version and health: what the role {@code system:discovery} lets every account read. */
    private static final List<String> DISCOVERY = List.of(
            "path:/api",
            "path:/api/*",
            "path:/apis",
            "path:/apis/*",
            "path:/apis/*/*",
            "path:/openapi",
            "path:/openapi/**",
            "path:/version",
            "path:/healthz",
            "path:/livez",
            "path:/readyz");

    private KubernetesVocabulary() {}

    /** All words, with the baseline {@code clients}. */
    public static Vocabulary vocabulary() {
        Vocabulary.Entry discovery = new Vocabulary.Entry(Set.of(GET), DISCOVERY);
        Vocabulary.Entry reviews = new Vocabulary.Entry(
                Set.of(CREATE),
                SelfReviews.PLURALS.stream()
                        .map(plural -> CLUSTER + "/" + plural + "/*")
                        .sorted()
                        .toList());
        return new Vocabulary(
                VERBS,
                TRAITS,
                List.of(OBJECT, PATH),
                Map.of("clients", new Vocabulary.Baseline(List.of(discovery, reviews), List.of())));
    }
}
