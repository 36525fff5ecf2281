package io.sallyport.kubernetes.masking;

import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.kubernetes.naming.NamedRequest;
import io.sallyport.kubernetes.naming.NamedRequest.Form;
import io.sallyport.kubernetes.naming.NamedRequest.ResourceName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides how the answer to one request is masked. */
public final class AnswerMasking {

    /** Paths of the API server that tell of kinds of object, never of objects. */
    private static final Set<String> SCHEMAS =
            Set.of("api", "apis", "openapi", "version", "healthz", "livez", "readyz");

    private static final String TOKEN_REVIEWS = "tokenreviews";

    private AnswerMasking() {}

    /** Whether anything of the answer to a request may have to be masked. */
    public static boolean applies(NamedRequest request, Masking masking) {
        ResourceName resource = request.resource();
        if (resource == null && schema(request)) {
            return false;
        }
        return masking.masksFields()
                || masking.textMask() != null
                || (resource != null && FieldTrees.tree(masking, resource).masksFields());
    }

    private static boolean schema(NamedRequest request) {
        return request.analysis().accesses().stream()
                .map(access -> access.resource().segments())
                .allMatch(segments -> segments.size() > 1 && SCHEMAS.contains(segments.get(1)));
    }

    /**
     * The Accept header to send to the target in place of the client's, such that the answer can be masked.
     *
     * @param accept what the client sent, null if nothing
     * @return null if the client accepts nothing that can be masked: then the request is answered with 406
     */
    public static @Nullable String accept(NamedRequest request, Masking masking, @Nullable String accept) {
        if (accept == null) {
            return "application/json";
        }
        boolean objects = request.form() == Form.PLAIN || request.form() == Form.WATCH;
        return objects && request.resource() != null ? MediaTypes.onlyJson(accept) : accept;
    }

    /**
     * The mask for an answer.
     *
     * @param contentType the answer's Content-Type, null if it has none
     * @return null if this kind of answer cannot be masked: then it must not leave
     */
    public static @Nullable AnswerMask open(
            NamedRequest request, Masking masking, int status, @Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        if (MediaTypes.json(contentType)) {
            return new JsonMask(FieldTrees.tree(masking, request.resource()).root());
        }
        return MediaTypes.text(contentType) ? text(request, masking, status) : null;
    }

    /** The mask for running text that is no answer, such as what a command writes. */
    public static AnswerMask ofText(Masking masking) {
        Mask mask = masking.textMask();
        return mask == null ? new Unchanged() : new TextMask(mask);
    }

    /** Text has no fields: where fields are masked it may only be an error's or a log's. */
    private static @Nullable AnswerMask text(NamedRequest request, Masking masking, int status) {
        ResourceName resource = request.resource();
        boolean fields = resource != null && FieldTrees.tree(masking, resource).masksFields();
        if (fields && status < 300 && request.form() != Form.LOG) {
            return null;
        }
        Mask mask = masking.textMask();
        return mask == null ? new Unchanged() : new TextMask(mask);
    }

    /**
     * Whether the answer to a request may be in the record. A token that was asked for is for the client alone: with it one
     * gets past the gateway.
     */
    public static boolean recordable(NamedRequest request) {
        ResourceName resource = request.resource();
        return resource == null || !("token".equals(resource.subresource()) || TOKEN_REVIEWS.equals(resource.plural()));
    }

    /** The masked field by whose value the request selects objects, which would tell it; null if there is none. */
    public static @Nullable String selected(NamedRequest request, Masking masking) {
        FieldTree tree = FieldTrees.tree(masking, request.resource());
        return tree.masksFields() ? new Selected(tree).find(request) : null;
    }

    /**
     * Whether a body that the client sends holds a value that a mask made, which must not be stored in the real one's
     * place.
     *
     * @return where the value stands, for the refusal's reason; null if there is none
     */
    public static @Nullable String writtenBack(
            NamedRequest request, Masking masking, @Nullable String contentType, byte[] body) {
        if (!request.changes() || !applies(request, masking)) {
            return null;
        }
        String type = contentType == null ? "application/json" : MediaTypes.bare(contentType);
        FieldTree tree = FieldTrees.tree(masking, request.resource());
        boolean patch = type.equals("application/json-patch+json");
        boolean whole = !type.endsWith("-patch+json");
        return new WrittenBack(tree, patch, whole).find(type, body);
    }

    /** Text in which nothing is looked for. */
    private static final class Unchanged implements AnswerMask {

        @Override
        public void feed(byte[] bytes, int offset, int length, Sink out) {
            out.write(bytes, offset, length);
        }

        @Override
        public void end(Sink out) {
            // Nothing is held back.
        }
    }
}
