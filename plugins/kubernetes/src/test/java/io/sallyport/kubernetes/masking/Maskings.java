package io.sallyport.kubernetes.masking;

import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.ApiRequest;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.Mask.Strength;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.principal.Principal;
import io.sallyport.decision.ResourceGlob;
import io.sallyport.kubernetes.naming.KubernetesVocabulary;
import io.sallyport.kubernetes.naming.NamedRequest;
import io.sallyport.kubernetes.naming.RequestNaming;
import io.sallyport.masking.MaskingConfig;
import io.sallyport.masking.MaskingConfig.MaskedField;
import io.sallyport.masking.MaskingGuardrailFactory;
import io.sallyport.masking.detect.Detector;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Maskings of the real guardrail, and answers that go through them. */
final class Maskings {

    private static final NamedRequest ANY = RequestNaming.of("GET", "/api/v1/namespaces/n/pods/p");

    private Maskings() {}

    /** Fields masked whole. */
    static Masking fields(Strength with, String... patterns) {
        List<MaskedField> fields = Arrays.stream(patterns)
                .map(pattern -> new MaskedField(
                        ResourceGlob.parse(
                                pattern, KubernetesVocabulary.vocabulary().kinds()),
                        with))
                .toList();
        return masking(new MaskingConfig(fields, List.of(), null, null));
    }

    /** What the demo masks: e-mail, cards, IBAN and SSN in any text, partially. */
    static Masking detectors() {
        return masking(new MaskingConfig(
                List.of(),
                List.of(Detector.EMAIL, Detector.CREDIT_CARD, Detector.IBAN, Detector.US_SSN, Detector.PRIVATE_KEY),
                Strength.PARTIAL,
                null));
    }

    /** Secret values, as the rule K3 has it. */
    static Masking secrets() {
        return fields(Strength.REDACT, "secrets/data/*");
    }

    private static Masking masking(MaskingConfig config) {
        Guardrail guardrail = new MaskingGuardrailFactory().create("K3", config);
        Analysis analysis = ANY.analysis();
        Operation operation = new Operation(
                new Principal("demo", "alice", "alice", Set.of(), Map.of(), null),
                "prod",
                "",
                null,
                new ApiRequest(analysis, "GET", "/", null),
                Instant.EPOCH);
        Verdict verdict = guardrail.evaluate(operation).toCompletableFuture().join();
        Masking masking = verdict instanceof Verdict.Allow allow ? allow.masking() : null;
        if (masking == null) {
            throw new AssertionError("the guardrail masks nothing: " + verdict);
        }
        return masking;
    }

    /** The answer to a request as the client sees it. */
    static String answer(Masking masking, String method, String path, String body) {
        return answer(masking, method, path, body, Integer.MAX_VALUE);
    }

    /** The same, fed in parts of a size. */
    static String answer(Masking masking, String method, String path, String body, int part) {
        AnswerMask mask = open(masking, method, path, 200, "application/json");
        if (mask == null) {
            throw new AssertionError("no mask for JSON");
        }
        return through(mask, body.getBytes(StandardCharsets.UTF_8), part);
    }

    static @Nullable AnswerMask open(Masking masking, String method, String path, int status, String contentType) {
        return AnswerMasking.open(RequestNaming.of(method, path), masking, status, contentType);
    }

    static String through(AnswerMask mask, byte[] bytes, int part) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int step = Math.min(part, Math.max(bytes.length, 1));
        for (int at = 0; at < bytes.length; at += step) {
            mask.feed(bytes, at, Math.min(step, bytes.length - at), out::write);
        }
        mask.end(out::write);
        return out.toString(StandardCharsets.UTF_8);
    }
}
