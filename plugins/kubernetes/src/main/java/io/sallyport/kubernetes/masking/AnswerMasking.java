package io.sallyport.kubernetes.masking;

import io.sallyport.api.guardrail.Masking;
import io.sallyport.kubernetes.naming.NamedRequest;
import org.jspecify.annotations.Nullable;

/** Decides how the answer to one request is masked. */
public final class AnswerMasking {

    private AnswerMasking() {}

    /** Whether anything of the answer to a request may have to be masked. */
    public static boolean applies(NamedRequest request, Masking masking) {
        return masking.masksFields() || masking.textMask() != null;
    }

    /**
     * The Accept header to send to the target in place of the client's, such that the answer can be masked.
     *
     * @param accept what the client sent, null if nothing
     * @return null if the client accepts nothing that can be masked: then the request is answered with 406
     */
    public static @Nullable String accept(NamedRequest request, Masking masking, @Nullable String accept) {
        return accept == null ? "application/json" : accept;
    }

    /**
     * The mask for an answer.
     *
     * @param contentType the answer's Content-Type, null if it has none
     * @return null if this kind of answer cannot be masked: then it must not leave
     */
    public static @Nullable AnswerMask open(
            NamedRequest request, Masking masking, int status, @Nullable String contentType) {
        return null;
    }

    /**
     * Whether a body that the client sends holds a value that a mask made, which must not be stored in the real one's
     * place.
     *
     * @return where the value stands, for the refusal's reason; null if there is none
     */
    public static @Nullable String writtenBack(
            NamedRequest request, Masking masking, @Nullable String contentType, byte[] body) {
        return null;
    }
}
