package io.sallyport.demo.issuer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An OpenID provider on loopback: discovery, keys, and the authorization code flow with PKCE behind a page that asks for
 * nothing but a name.
 */
public final class DemoIssuer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService workers;
    private final TokenMint mint;

    private DemoIssuer(HttpServer server, ExecutorService workers, TokenMint mint) {
        this.server = server;
        this.workers = workers;
        this.mint = mint;
    }

    /** Starts on a free port. */
    public static DemoIssuer start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        ExecutorService workers = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "demo-issuer");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(workers);
        DemoIssuer issuer = new DemoIssuer(server, workers, TokenMint.create(url));
        CodeFlow flow = new CodeFlow(issuer.mint);
        server.createContext("/", exchange -> {
            try (exchange) {
                issuer.answer(exchange, flow);
            }
        });
        server.start();
        return issuer;
    }

    /** What signs the tokens. */
    public TokenMint mint() {
        return mint;
    }

    /** The issuer's identifier, which is its URL. */
    public String url() {
        return mint.issuer();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void answer(HttpExchange exchange, CodeFlow flow) throws IOException {
        Reply reply =
                switch (exchange.getRequestURI().getPath()) {
                    case "/.well-known/openid-configuration" -> Reply.json(200, discovery());
                    case "/jwks" -> Reply.json(200, mint.publicKeys());
                    case "/authorize" -> authorize(exchange, flow);
                    case "/token" -> token(exchange, flow);
                    default -> Reply.html(404, "<p>There is nothing here.");
                };
        exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (!reply.location().isEmpty()) {
            exchange.getResponseHeaders().set("Location", reply.location());
        }
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static Reply authorize(HttpExchange exchange, CodeFlow flow) throws IOException {
        Map<String, String> parameters = Form.parse(exchange.getRequestURI().getRawQuery());
        return exchange.getRequestMethod().equals("POST")
                ? flow.login(parameters, Form.read(exchange.getRequestBody()))
                : flow.page(parameters);
    }

    private static Reply token(HttpExchange exchange, CodeFlow flow) throws IOException {
        return exchange.getRequestMethod().equals("POST")
                ? flow.token(Form.read(exchange.getRequestBody()))
                : Reply.json(405, "{\"error\":\"invalid_request\"}");
    }

    private String discovery() {
        String url = mint.issuer();
        return """
               {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
               "jwks_uri":"%1$s/jwks","response_types_supported":["code"],"subject_types_supported":["public"],
               "grant_types_supported":["authorization_code"],"code_challenge_methods_supported":["S256"],
               "id_token_signing_alg_values_supported":["RS256"],"scopes_supported":["openid"],
               "token_endpoint_auth_methods_supported":["none"]}
               """.formatted(url);
    }

    /**
     * What is answered.
     *
     * @param status the HTTP status
     * @param contentType the media type of the body
     * @param location where the browser goes next, empty if nowhere
     * @param body the body
     */
    record Reply(int status, String contentType, String location, String body) {

        static Reply json(int status, String body) {
            return new Reply(status, "application/json", "", body);
        }

        static Reply html(int status, String body) {
            String page = "<!doctype html><meta charset=utf-8><title>Demo login</title>" + body;
            return new Reply(status, "text/html; charset=utf-8", "", page);
        }

        static Reply redirect(String location) {
            return new Reply(302, "text/html; charset=utf-8", location, "");
        }
    }
}
