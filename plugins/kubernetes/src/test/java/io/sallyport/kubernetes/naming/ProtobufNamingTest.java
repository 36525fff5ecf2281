package io.sallyport.kubernetes.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Access;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProtobufNamingTest {

    private static final String TYPE = "application/vnd.kubernetes.protobuf";
    private static final String PODS = "/api/v1/namespaces/prod/pods";

    private static byte[] field(int number, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write((number << 3) | 2);
        for (int left = content.size(); ; left >>>= 7) {
            out.write(left > 127 ? (left & 0x7f) | 0x80 : left);
            if (left <= 127) {
                break;
            }
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static byte[] text(int number, String value) {
        return field(number, value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] object(String kind, byte[]... fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {'k', '8', 's', 0});
        out.writeBytes(field(1, text(1, "v1"), text(2, kind)));
        out.writeBytes(field(2, fields));
        out.writeBytes(text(3, ""));
        out.writeBytes(text(4, ""));
        return out.toByteArray();
    }

    private static NamedRequest named(String method, String path, byte[] body) {
        return RequestNaming.withBody(RequestNaming.of(method, path), TYPE, body);
    }

    private static String first(NamedRequest request) {
        Access access = request.analysis().accesses().get(0);
        return access.verb() + " " + access.resource();
    }

    @Test
    @DisplayName("K8S-15: an object in protobuf has its name, and every string is in the text")
    void object() {
        // Given
        byte[] pod =
                object("Pod", field(1, text(1, "web-1")), field(2, field(2, text(1, "app"), text(2, "evil\nimage"))));

        // When
        NamedRequest request = named("POST", PODS, pod);

        // Then
        assertEquals("create prod/pods/web-1", first(request));
        assertTrue(
                request.analysis().text().contains("\"evil\\nimage\""),
                request.analysis().text());
        assertFalse(request.analysis().opaque());
    }

    @Test
    @DisplayName("a name that comes twice, a body in parts or in another envelope is not read")
    void ambiguous() {
        for (byte[] body : new byte[][] {
            object("Pod", field(1, text(1, "a"), text(1, "b"))),
            object("Pod", field(1, text(1, "a")), field(1, text(1, "b"))),
            object("Pod", new byte[] {0x0a, 0x7f}),
            "k8s".getBytes(StandardCharsets.US_ASCII),
            "{}".getBytes(StandardCharsets.US_ASCII)
        }) {
            // When
            NamedRequest request = named("POST", PODS, body);
            // Then
            assertTrue(request.analysis().opaque());
            assertEquals("create prod/pods/*", first(request));
        }
    }

    @Test
    @DisplayName("K8S-16: options of a deletion are read in protobuf too")
    void deleteOptions() {
        // When
        NamedRequest request =
                named("DELETE", PODS + "/p", object("DeleteOptions", new byte[] {0x08, 0}, text(5, "All")));

        // Then
        assertTrue(request.dryRun());
        assertTrue(request.analysis().accesses().get(0).traits().contains(KubernetesVocabulary.FORCE));
    }

    @Test
    @DisplayName("K8S-21: a token for a service account is asked for in protobuf, and judged by its account")
    void token() {
        // When
        NamedRequest request = named(
                "POST",
                "/api/v1/namespaces/prod/serviceaccounts/ci/token",
                object("TokenRequest", field(1), field(2, text(1, "audience"))));

        // Then
        assertEquals("create prod/serviceaccounts:token/ci", first(request));
        assertFalse(request.analysis().opaque());
    }

    @Test
    @DisplayName("the values of a Secret are not in the text in protobuf either")
    void secret() {
        // When
        NamedRequest request = named(
                "POST",
                "/api/v1/namespaces/prod/secrets",
                object("Secret", field(1, text(1, "s")), field(2, text(1, "password"), text(2, "hunter2"))));

        // Then
        assertEquals("create prod/secrets/s", first(request));
        assertFalse(request.analysis().text().contains("hunter2"));
    }

    @Test
    @DisplayName("whatever the bytes are, they are read or not read, and soon")
    void anyBytes() {
        // Given
        Random random = new Random(6);
        byte[] nested = {1};
        for (int i = 0; i < 2_000; i++) {
            nested = field(1, nested);
        }

        // When
        NamedRequest deep = named("POST", PODS, object("Pod", nested));
        for (int i = 0; i < 20_000; i++) {
            byte[] body = object("Pod", field(1, text(1, "a")), field(2, field(2, text(1, "b"))));
            body[random.nextInt(body.length)] = (byte) random.nextInt();
            named("POST", PODS, body);
        }

        // Then
        assertTrue(deep.analysis().opaque());
    }
}
