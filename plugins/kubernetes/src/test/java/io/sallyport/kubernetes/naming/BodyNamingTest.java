package io.sallyport.kubernetes.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Access;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyNamingTest {

    private static final String PODS = "/api/v1/namespaces/prod/pods";
    private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/web/deployments/d";

    private static NamedRequest named(String method, String path, @Nullable String type, String body) {
        return RequestNaming.withBody(RequestNaming.of(method, path), type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String first(NamedRequest request) {
        Access access = request.analysis().accesses().get(0);
        return access.verb() + " " + access.resource();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("what is created has the name that its body says, and any name where that cannot be known")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"web-1\"}} | create prod/pods/web-1",
                "{\"metadata\":{\"n\\u0061me\":\"web-1\"}} | create prod/pods/web-1",
                "{\"metadata\":{\"generateName\":\"web-\"}} | create prod/pods/*",
                "{\"kind\":\"PodList\",\"metadata\":{\"name\":\"x\"},\"items\":[]} | create prod/pods/*",
                "{\"metadata\":{\"name\":\"a/b\"}} | create prod/pods/*",
                "{\"metadata\":{\"name\":\"*\"}} | create prod/pods/*",
                "{\"metadata\":{\"name\":7}} | create prod/pods/*",
                "{\"spec\":{\"metadata\":{\"name\":\"x\"}}} | create prod/pods/*"
            })
    void names(String body, String expected) {
        // When
        NamedRequest request = named("POST", PODS, "application/json", body);

        // Then
        assertEquals(expected, first(request));
        assertFalse(request.analysis().opaque());
    }

    @Test
    @DisplayName("a Namespace that is created lies in itself")
    void namespace() {
        // When
        NamedRequest request =
                named("POST", "/api/v1/namespaces", null, "{\"kind\":\"Namespace\",\"metadata\":{\"name\":\"prod\"}}");

        // Then
        assertEquals("create prod/namespaces/prod", first(request));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("K8S-15: a word is in the text whichever form the body has")
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {\"spec\":{\"image\":\"evil\"}}",
                "application/json | {\"spec\":{\"image\":\"\\u0065vil\"}}",
                "application/json-patch+json | [{\"op\":\"replace\",\"path\":\"/spec/image\",\"value\":\"evil\"}]",
                "application/merge-patch+json | {\"spec\":{\"image\":\"evil\"}}",
                "application/strategic-merge-patch+json | {\"spec\":{\"image\":\"evil\"}}",
                "application/apply-patch+yaml | {\"spec\":{\"image\":\"evil\"}}",
                "application/apply-patch+yaml | spec: {image: 'evil'}",
                "application/yaml | spec: {image: \"\\x65vil\"}",
                "Application/JSON; charset=utf-8 | {\"image\":\"evil\"}"
            })
    void text(String type, String body) {
        // When
        NamedRequest request = named("PATCH", DEPLOYMENT, type, body);

        // Then
        assertTrue(request.analysis().text().contains("\"evil\""));
        assertFalse(request.analysis().opaque());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("K8S-15: a body that has no reading, or more than one, makes the request opaque")
    @CsvSource(
            delimiter = '|',
            value = {
                "application/vnd.kubernetes.protobuf | k8s",
                "application/apply-patch+cbor | x",
                "text/plain | {}",
                "application/json | {\"a\":1,\"a\":2}",
                "application/json | {\"a\":1}{\"a\":2}",
                "application/json | {\"a\":",
                "application/json | {'a':1}",
                "application/yaml | {a: &x [1], b: *x}",
                "application/yaml | {<<: {a: 1}}",
                "application/yaml | {a: 1, a: 2}"
            })
    void unread(String type, String body) {
        // When
        NamedRequest request = named("PUT", DEPLOYMENT, type, body);

        // Then
        assertEquals("update web/deployments.apps/d", first(request));
        assertTrue(request.analysis().opaque());
    }

    @Test
    @DisplayName("a body that is not UTF-8 is not read in another encoding")
    void encoding() {
        // Given
        byte[] body = "{\"metadata\":{\"name\":\"x\"}}".getBytes(StandardCharsets.UTF_16);

        // When
        NamedRequest request = RequestNaming.withBody(RequestNaming.of("POST", PODS), "application/json", body);

        // Then
        assertTrue(request.analysis().opaque());
        assertEquals("create prod/pods/*", first(request));
    }

    @Test
    @DisplayName("K8S-15: a server-side apply may create what it patches, and has the trait apply")
    void apply() {
        // When
        NamedRequest request =
                named("PATCH", DEPLOYMENT + "?force=true", "application/apply-patch+yaml", "{\"kind\":\"Deployment\"}");
        List<Access> accesses = request.analysis().accesses();

        // Then
        assertEquals("patch web/deployments.apps/d", first(request));
        assertEquals(KubernetesVocabulary.CREATE, accesses.get(1).verb());
        assertTrue(accesses.stream()
                .allMatch(access -> access.traits().contains(KubernetesVocabulary.APPLY)
                        && access.traits().contains(KubernetesVocabulary.FORCE)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("K8S-16: options in the body of a deletion count in the place of the query's")
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | {\"kind\":\"DeleteOptions\",\"dryRun\":[\"All\"]} | true",
                "?dryRun=All | {\"kind\":\"DeleteOptions\"} | false",
                "?dryRun=All | {\"dryRun\":[\"All\"],\"dryRun\":[]} | false",
                "?dryRun=All | x | false"
            })
    void deleteOptions(String query, String body, boolean expected) {
        // When
        NamedRequest request = named("DELETE", PODS + "/p" + query, "application/json", body);

        // Then
        assertEquals(expected, request.dryRun());
        assertFalse(request.analysis().opaque());
    }

    @Test
    @DisplayName("a deletion that leaves no time to end has the trait force")
    void force() {
        // When
        NamedRequest request = named("DELETE", PODS + "/p", "application/json", "{\"gracePeriodSeconds\":0}");

        // Then
        assertTrue(request.analysis().accesses().get(0).traits().contains(KubernetesVocabulary.FORCE));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("K8S-22: a question about oneself need not be read")
    @ValueSource(
            strings = {
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
                "/apis/authentication.k8s.io/v1/selfsubjectreviews"
            })
    void selfReviews(String path) {
        // When
        NamedRequest request = named("POST", path, "application/vnd.kubernetes.protobuf", "k8s");

        // Then
        assertFalse(request.analysis().opaque());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("the values of a Secret are not in the text, in no form of body")
    @ValueSource(
            strings = {
                "{\"data\":{\"password\":\"aHVudGVyMg==\"}}",
                "{\"stringData\":{\"password\":\"hunter2\"}}",
                "[{\"op\":\"add\",\"path\":\"/data\",\"value\":{\"password\":\"aHVudGVyMg==\"}}]",
                "[{\"op\":\"add\",\"path\":\"/data/password\",\"value\":\"aHVudGVyMg==\"}]",
                "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\"hunter2\"}}}"
            })
    void secrets(String body) {
        // When
        NamedRequest request = named("PATCH", "/api/v1/namespaces/prod/secrets/s", "application/json", body);
        String text = request.analysis().text();

        // Then
        assertFalse(text.contains("aHVudGVyMg") || text.contains("hunter2"));
        assertTrue(text.contains("[redacted]"));
    }
}
