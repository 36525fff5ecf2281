package io.sallyport.kubernetes.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.Vocabulary;
import io.sallyport.decision.ResourceGlob;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrammarTest {

    private static final Vocabulary VOCABULARY = KubernetesVocabulary.vocabulary();
    private static final int ROUNDS = 20_000;

    private static ResourceGlob glob(String pattern) {
        return ResourceGlob.parse(pattern, VOCABULARY.kinds());
    }

    private static Resource resource(String method, String path) {
        return RequestNaming.of(method, path).analysis().accesses().get(0).resource();
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @DisplayName("patterns of the configuration cover and touch what they say")
    @CsvSource({
        "prod/**,                GET,    /api/v1/namespaces/prod/pods/p,                     true,  true",
        "prod/**,                GET,    /api/v1/namespaces/prod/pods,                       true,  true",
        "prod/**,                DELETE, /api/v1/namespaces/prod,                            true,  true",
        "prod/**,                GET,    /api/v1/pods,                                       false, true",
        "prod/**,                GET,    /api/v1/nodes,                                      false, false",
        "prod/pods:exec,         GET,    /api/v1/namespaces/prod/pods/p/exec,                true,  true",
        "prod/pods:exec/*,       GET,    /api/v1/namespaces/prod/pods/p/exec,                true,  true",
        "prod/pods:*,            GET,    /api/v1/namespaces/prod/pods/p/exec,                true,  true",
        "prod/pods,              GET,    /api/v1/namespaces/prod/pods/p/exec,                false, false",
        "prod/pods/*,            GET,    /api/v1/namespaces/prod/pods,                       true,  true",
        "prod/pods/p,            GET,    /api/v1/namespaces/prod/pods,                       false, true",
        "prod/pods/p,            GET,    /api/v1/namespaces/prod/pods?fieldSelector=metadata.name%3Dp, true, true",
        "*/pods/*,               GET,    /api/v1/pods,                                       true,  true",
        "*/secrets,              GET,    /api/v1/secrets,                                    true,  true",
        "web/deployments.apps/*, GET,    /apis/apps/v1/namespaces/web/deployments/site,      true,  true",
        "web/deployments/*,      GET,    /apis/apps/v1/namespaces/web/deployments/site,      false, false",
        "-/**,                   GET,    /api/v1/nodes/n,                                    true,  true",
        "-/**,                   GET,    /api/v1/pods,                                       false, true",
        "path:/metrics,          GET,    /metrics,                                           true,  true",
        "path:/metrics,          GET,    /metrics/slis,                                      false, false",
        "path:/metrics/**,       GET,    /metrics/slis,                                      true,  true",
        "path:**,                GET,    /,                                                  true,  true",
        "**,                     GET,    /metrics,                                           false, false"
    })
    void patterns(String pattern, String method, String path, boolean covers, boolean touches) {
        // Given
        ResourceGlob glob = glob(pattern);
        Resource resource = resource(method, path);

        // When
        List<Boolean> answers = List.of(glob.covers(resource), glob.touches(resource));

        // Then
        assertEquals(List.of(covers, touches), answers);
    }

    @Test
    @DisplayName(
            "a list over all namespaces is covered by no pattern that names one, and touched by each that may be in it")
    void allNamespaces() {
        // Given
        Random random = new Random(1);
        Resource all = resource("GET", "/api/v1/pods");
        List<String> namespaces = List.of("prod", "p*", "*d", "stage", "p*d", "**d");
        List<String> names = List.of("", "/*", "/web", "/w*", "/**");

        for (int i = 0; i < ROUNDS; i++) {
            String pattern = namespaces.get(random.nextInt(namespaces.size()))
                    + "/pods"
                    + names.get(random.nextInt(names.size()));
            // When
            ResourceGlob glob = glob(pattern);
            // Then
            assertTrue(glob.touches(all), pattern);
            assertEquals(false, glob.covers(all), pattern);
        }
    }

    @Test
    @DisplayName(
            "whatever a pattern covers it touches, and a collection that it covers has no member that it does not cover")
    void collections() {
        // Given
        Random random = new Random(2);
        List<String> words = List.of("prod", "stage", "*", "p*", "pods", "pods:exec", "pod*", "web", "w*");

        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder pattern = new StringBuilder(words.get(random.nextInt(words.size())));
            for (int more = random.nextInt(3); more > 0; more--) {
                pattern.append('/').append(words.get(random.nextInt(words.size())));
            }
            ResourceGlob glob = glob(pattern + (random.nextInt(4) == 0 ? "/**" : ""));
            Resource member = resource("GET", "/api/v1/namespaces/prod/pods/web");
            for (String path : List.of("/api/v1/namespaces/prod/pods", "/api/v1/pods")) {
                // When
                Resource collection = resource("GET", path);
                // Then
                assertTrue(!glob.covers(collection) || glob.touches(collection), glob + " " + collection);
                assertTrue(!glob.covers(collection) || glob.covers(member), glob + " " + collection);
                assertTrue(!glob.touches(member) || glob.touches(collection), glob + " " + collection);
            }
        }
    }

    @Test
    @DisplayName("K8S-23: discovery, schemas, version and health are in the baseline, metrics and other paths are not")
    void baseline() {
        // Given
        Vocabulary.Entry reading =
                VOCABULARY.baselines().values().iterator().next().entries().get(0);
        List<ResourceGlob> globs =
                reading.resources().stream().map(GrammarTest::glob).toList();

        // When
        List<String> read = List.of(
                        "/api",
                        "/api/v1",
                        "/apis",
                        "/apis/apps",
                        "/apis/apps/v1",
                        "/openapi/v2",
                        "/openapi/v3",
                        "/openapi/v3/apis/apps/v1?hash=x",
                        "/version",
                        "/livez",
                        "/readyz",
                        "/metrics",
                        "/debug/pprof",
                        "/logs",
                        "/api/v1/pods",
                        "/")
                .stream()
                .filter(path -> globs.stream().anyMatch(glob -> glob.covers(resource("GET", path))))
                .toList();

        // Then
        assertEquals(
                List.of(
                        "/api",
                        "/api/v1",
                        "/apis",
                        "/apis/apps",
                        "/apis/apps/v1",
                        "/openapi/v2",
                        "/openapi/v3",
                        "/openapi/v3/apis/apps/v1?hash=x",
                        "/version",
                        "/livez",
                        "/readyz"),
                read);
    }

    @Test
    @DisplayName("every word of an access is declared")
    void declared() {
        // Given
        List<Access> accesses = List.of(
                        RequestNaming.of("DELETE", "/api/v1/namespaces/n/pods?dryRun=All&gracePeriodSeconds=0"),
                        RequestNaming.of("POST", "/api/v1/namespaces/n/pods/p/eviction"),
                        RequestNaming.of("GET", "/api/v1/pods?watch"))
                .stream()
                .flatMap(request -> request.analysis().accesses().stream())
                .toList();

        // When
        List<Access> undeclared = accesses.stream()
                .filter(access -> !VOCABULARY.verbs().contains(access.verb())
                        || !VOCABULARY.traits().containsAll(access.traits())
                        || !VOCABULARY.kinds().contains(access.resource().kind()))
                .toList();

        // Then
        assertEquals(List.of(), undeclared);
    }
}
