package io.sallyport.kubernetes.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.kubernetes.naming.NamedRequest.Form;
import io.sallyport.kubernetes.naming.NamedRequest.ResourceName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds the names against those that a real API server gave the same requests, in its audit log. */
class AuditedRequestsTest {

    private record Audited(String method, String uri, String name) {}

    private static List<Audited> audited() throws IOException {
        List<Audited> requests = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(AuditedRequestsTest.class.getResourceAsStream("audited-requests.txt")),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    String[] words = line.split(" ", 3);
                    requests.add(new Audited(words[0], words[1], words[2]));
                }
            }
        }
        return requests;
    }

    private static Optional<NamedRequest> named(Audited request) {
        try {
            return Optional.of(RequestNaming.of(request.method(), request.uri()));
        } catch (MalformedRequestException e) {
            return Optional.empty();
        }
    }

    /** Verb, group, namespace, resource, name and subresource as the audit log has them, a dash for what is not there. */
    private static String name(NamedRequest request) {
        ResourceName object = request.resource();
        String verb = request.analysis().accesses().get(0).verb().name();
        return object == null
                ? verb + " - - - - -"
                : String.join(
                        " ",
                        verb,
                        dash(object.group()),
                        dash(object.namespace()),
                        object.plural(),
                        dash(object.name()),
                        dash(object.subresource()));
    }

    private static String dash(@Nullable String part) {
        return part == null || part.isEmpty() ? "-" : part;
    }

    /** The audit log takes the name of what is created from its body. */
    private static String withoutBodyName(Audited request) {
        String[] words = request.name().split(" ", -1);
        boolean inPath = request.uri().contains("/" + words[3] + "/" + words[4]);
        return words[0].equals("create") && !inPath
                ? String.join(" ", words[0], words[1], words[2], words[3], "-", words[5])
                : request.name();
    }

    @Test
    @DisplayName("verb, group, namespace, kind, name and subresource are those of the API server's own audit log")
    void agrees() throws IOException {
        // Given
        List<String> different = new ArrayList<>();
        int compared = 0;

        // When
        for (Audited request : audited()) {
            NamedRequest named = named(request).orElse(null);
            if (named != null
                    && (named.form() == Form.PLAIN || named.form() == Form.WATCH || named.form() == Form.LOG)) {
                compared++;
                if (!name(named).equals(withoutBodyName(request))) {
                    different.add(request + " is named " + name(named));
                }
            }
        }

        // Then
        assertEquals(List.of(), different);
        assertTrue(compared > 400, "compared " + compared);
    }

    @Test
    @DisplayName("where a verb differs from the audit log's it is a create: an upgrade or a proxy by GET")
    void differs() throws IOException {
        // When
        List<String> verbs = audited().stream()
                .map(AuditedRequestsTest::named)
                .flatMap(Optional::stream)
                .filter(request ->
                        request.form() != Form.PLAIN && request.form() != Form.WATCH && request.form() != Form.LOG)
                .map(request -> request.analysis().accesses().get(0).verb().name())
                .distinct()
                .toList();

        // Then
        assertEquals(List.of("create"), verbs);
    }

    @Test
    @DisplayName("what is refused as ambiguous is what the API server reads in its own way")
    void refused() throws IOException {
        // When
        List<String> refused = audited().stream()
                .filter(request -> named(request).isEmpty())
                .map(Audited::uri)
                .toList();

        // Then
        assertEquals(
                List.of(
                        "/logs/",
                        "//api/v1/namespaces/default/pods/p",
                        "/api/v1/namespaces/default/pods/p/",
                        "/api/v1/../v1/namespaces/default/pods/p",
                        "/api/v1/namespaces/default%2Fpods/p",
                        "/api/v1/namespaces/default/p%6fds/p",
                        "/API/v1/pods",
                        "/api/v1/proxy/namespaces/default/pods/p",
                        "/api/v1/namespaces/default/pods?watch=false&watch=true&timeoutSeconds=1",
                        "/api/v1/namespaces/default/pods?Watch=true&timeoutSeconds=1",
                        "/api/v1/namespaces/default/pods;x/p"),
                refused);
    }
}
