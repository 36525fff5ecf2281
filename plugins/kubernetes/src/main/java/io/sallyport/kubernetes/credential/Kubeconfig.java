package io.sallyport.kubernetes.credential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A kubeconfig file: what one of its contexts shows to the cluster, and what it wants to see. */
final class Kubeconfig {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Path file;
    private final JsonNode root;

    private Kubeconfig(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /** Reads a file; the message of a failure names it and shows nothing of its content. */
    static Kubeconfig read(Path file) throws IOException {
        try {
            JsonNode root = YAML.readTree(Files.readAllBytes(file));
            if (root == null || !root.isObject()) {
                throw new IOException(file + " is not a kubeconfig");
            }
            return new Kubeconfig(file, root);
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw new IOException(file + " is not a kubeconfig: line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()));
        }
    }

    /** The parts of a context's credential. */
    Map<Part, Secret> parts(@Nullable String wanted) throws IOException {
        String name = wanted == null ? root.path("current-context").asText("") : wanted;
        JsonNode context = named("contexts", name, "context");
        JsonNode cluster = named("clusters", context.path("cluster").asText(""), "cluster");
        JsonNode user = named("users", context.path("user").asText(""), "user");
        Map<Part, Secret> parts = new EnumMap<>(Part.class);
        put(parts, Part.AUTHORITIES, material(cluster, "certificate-authority"));
        put(parts, Part.CERTIFICATE, material(user, "client-certificate"));
        put(parts, Part.PRIVATE_KEY, material(user, "client-key"));
        put(parts, Part.TOKEN, token(user));
        if (!parts.containsKey(Part.TOKEN) && !parts.containsKey(Part.PRIVATE_KEY)) {
            throw new IOException(file + ": the user of context '" + name
                    + "' has neither a token nor a client certificate with its key");
        }
        return parts;
    }

    private JsonNode named(String list, String name, String what) throws IOException {
        for (JsonNode entry : root.path(list)) {
            if (entry.path("name").asText("").equals(name) && entry.path(what).isObject()) {
                return entry.path(what);
            }
        }
        throw new IOException(file + " has no " + what + " named '" + name + "'");
    }

    private byte @Nullable [] token(JsonNode user) throws IOException {
        if (user.path("token").isTextual()) {
            return user.path("token").asText().getBytes(StandardCharsets.UTF_8);
        }
        return user.path("tokenFile").isTextual()
                ? trimmed(user.path("tokenFile").asText())
                : null;
    }

    private byte[] trimmed(String name) throws IOException {
        return Files.readString(resolve(name)).strip().getBytes(StandardCharsets.UTF_8);
    }

    private byte @Nullable [] material(JsonNode node, String key) throws IOException {
        JsonNode data = node.path(key + "-data");
        if (data.isTextual()) {
            try {
                return Base64.getMimeDecoder().decode(data.asText());
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ": " + key + "-data is not base64");
            }
        }
        return node.path(key).isTextual()
                ? Files.readAllBytes(resolve(node.path(key).asText()))
                : null;
    }

    private Path resolve(String name) {
        return file.toAbsolutePath().resolveSibling(name);
    }

    static void put(Map<Part, Secret> parts, Part part, byte @Nullable [] value) {
        if (value != null) {
            parts.put(part, Secret.of(value));
        }
    }
}
