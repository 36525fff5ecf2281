package io.sallyport.kubernetes.naming;

import io.sallyport.api.action.Verb;
import io.sallyport.kubernetes.naming.NamedRequest.ResourceName;
import io.sallyport.kubernetes.naming.body.BodyText;
import io.sallyport.kubernetes.naming.line.ObjectPath;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of requests that change something. */
final class BodyReading {

    private static final Set<String> APPLY = Set.of("application/apply-patch+yaml", "application/apply-patch+cbor");

    private BodyReading() {}

    static BodyFacts read(Verb verb, ResourceName object, String type, byte[] body) {
        String kind = object.group().isEmpty() ? object.plural() : object.plural() + "." + object.group();
        boolean deletes =
                verb.equals(KubernetesVocabulary.DELETE) || verb.equals(KubernetesVocabulary.DELETE_COLLECTION);
        BodyText text = BodyText.read(type, body, hidden(kind, object.subresource()));
        boolean harmless = deletes || SelfReviews.PLURALS.contains(kind);
        return new BodyFacts(
                name(text),
                text.text(),
                APPLY.contains(type),
                deletes,
                deletes ? text.dryRun() : List.of(),
                deletes && text.noGrace(),
                harmless ? null : text.unread());
    }

    /** What must not be seen in a record or by an approver. */
    private static BodyText.Hidden hidden(String kind, @Nullable String subresource) {
        if (kind.equals("secrets")) {
            return BodyText.Hidden.SECRET;
        }
        boolean token = kind.equals("tokenreviews.authentication.k8s.io") || "token".equals(subresource);
        return token ? BodyText.Hidden.TOKEN : BodyText.Hidden.NOTHING;
    }

    /** A list has the names of its items, not one of its own. */
    private static @Nullable String name(BodyText text) {
        String name = text.name();
        return name != null && ObjectPath.plainName(name) && !text.list() ? name : null;
    }
}
