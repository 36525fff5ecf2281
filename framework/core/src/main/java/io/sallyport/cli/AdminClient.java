package io.sallyport.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that lead to a gateway's admin API, as a mixin, and the requests to it. */
final class AdminClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:SALLYPORT_URL}",
            description = "The admin API, such as https://gateway:18443; else SALLYPORT_URL.")
    private @Nullable String url;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            defaultValue = "${env:SALLYPORT_CA}",
            description = "A PEM file with the authorities to trust; else SALLYPORT_CA, else the system's.")
    private @Nullable Path ca;

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with the token; else SALLYPORT_TOKEN.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:SALLYPORT_TOKEN}",
            description = "The token; other users of this machine can read it in the list of processes.")
    private @Nullable String token;

    /** Made by picocli. */
    AdminClient() {}

    JsonNode get(String path, Map<String, String> query) {
        return send("GET", path, query, null);
    }

    JsonNode delete(String path, Map<String, String> query) {
        return send("DELETE", path, query, null);
    }

    JsonNode post(String path, Object body) {
        return send("POST", path, Map.of(), Output.jsonOf(body));
    }

    /** A path in which each part is one segment, whatever it contains. */
    static String path(String... segments) {
        StringBuilder path = new StringBuilder("/api/v1");
        for (String segment : segments) {
            path.append('/').append(encoded(segment));
        }
        return path.toString();
    }

    private JsonNode send(String method, String path, Map<String, String> query, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path, query))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token())
                .header("Accept", "application/json");
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        HttpResponse<String> response;
        try {
            response = client().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw CliException.failed("no answer from " + url + ": " + (e.getMessage() == null ? e : e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failed("interrupted");
        }
        return answer(response);
    }

    private JsonNode answer(HttpResponse<String> response) {
        JsonNode json;
        try {
            json = JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw CliException.failed(url + " is no admin API: it answered " + response.statusCode() + " without JSON");
        }
        if (response.statusCode() / 100 == 2) {
            return json;
        }
        throw CliException.failed(Output.safe(json.path("detail").asText("status " + response.statusCode())));
    }

    private URI uri(String path, Map<String, String> query) {
        if (url == null || url.isEmpty()) {
            throw CliException.usage("which gateway? say --url or set SALLYPORT_URL");
        }
        StringBuilder text = new StringBuilder(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
        text.append(path);
        char separator = '?';
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            text.append(separator).append(parameter.getKey()).append('=').append(encoded(parameter.getValue()));
            separator = '&';
        }
        URI uri;
        try {
            uri = URI.create(text.toString());
        } catch (IllegalArgumentException e) {
            throw CliException.usage("'" + url + "' is no URL");
        }
        boolean loopback = "127.0.0.1".equals(uri.getHost()) || "localhost".equals(uri.getHost());
        if (!"https".equals(uri.getScheme()) && !("http".equals(uri.getScheme()) && loopback)) {
            throw CliException.usage("the URL begins with https://, since a token goes there");
        }
        return uri;
    }

    private String token() {
        try {
            String value = tokenFile == null ? token : Files.readString(tokenFile);
            if (value == null || value.isBlank()) {
                throw CliException.usage("who are you? say --token-file or set SALLYPORT_TOKEN");
            }
            if (value.strip().chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw CliException.usage("the token contains characters that no token has");
            }
            return value.strip();
        } catch (IOException e) {
            throw CliException.usage("the token cannot be read from " + tokenFile + ": " + e);
        }
    }

    private HttpClient client() {
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10));
        if (ca != null && !ca.toString().isEmpty()) {
            builder.sslContext(trusting(ca));
        }
        return builder.build();
    }

    private static SSLContext trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw CliException.usage("the authorities in " + file + " cannot be read: " + e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
