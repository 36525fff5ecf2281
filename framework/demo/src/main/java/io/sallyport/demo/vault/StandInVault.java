package io.sallyport.demo.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers as Vault does: {@code /v1/} paths with their one method, tokens and namespaces in their headers, JSON bodies
 * with no unknown keys, 400, 403, 404, 405 and 503 as documented. Its error texts have the request's token and body in them,
 * to show that nothing of an answer gets out.
 */
public final class StandInVault implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is asked for, in order, as {@code METHOD path}. */
    public final List<String> calls = new CopyOnWriteArrayList<>();

    /** The state, for tests to change. */
    public final State state;

    private final HttpServer server;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final java.util.concurrent.ExecutorService workers = Executors.newCachedThreadPool();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final String scheme;

    private record Fault(String path, int status) {}

    private StandInVault(HttpServer server, String scheme, Database database) {
        this.server = server;
        this.scheme = scheme;
        this.state = new State(database);
        server.createContext("/", this::handle);
        server.setExecutor(workers);
        server.start();
        clock.scheduleWithFixedDelay(state::sweep, 50, 50, TimeUnit.MILLISECONDS);
    }

    /** With a database engine that only remembers. */
    public static StandInVault start() throws IOException {
        return start(new Database() {
            @Override
            public void create(String role, String password) {
                // Remembered as a lease.
            }

            @Override
            public void drop(String role) {
                // Forgotten with its lease.
            }
        });
    }

    /** With a database engine that makes roles there. */
    public static StandInVault start(Database database) throws IOException {
        return new StandInVault(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), "http", database);
    }

    /** Over this server, which speaks TLS. */
    public static StandInVault over(HttpServer server) throws IOException {
        return new StandInVault(server, "https", new Database() {
            @Override
            public void create(String role, String password) {
                // Remembered as a lease.
            }

            @Override
            public void drop(String role) {
                // Forgotten with its lease.
            }
        });
    }

    /** Its address. */
    public URI address() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next requests of a path are answered with these statuses. */
    public synchronized void fail(String path, int... statuses) {
        for (int status : statuses) {
            faults.add(new Fault(path, status));
        }
    }

    private synchronized int fault(String path) {
        Fault next = faults.peek();
        if (next != null && path.startsWith(next.path)) {
            faults.remove();
            return next.status;
        }
        return 0;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String token = exchange.getRequestHeaders().getFirst("X-Vault-Token");
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            calls.add(exchange.getRequestMethod() + " " + path);
            try {
                Object answer = answer(exchange, path, token, body);
                send(exchange, answer == null ? 204 : 200, answer);
            } catch (Refusal e) {
                String leak = e.getMessage() + " token " + token + " body " + new String(body, StandardCharsets.UTF_8);
                send(exchange, e.status, Map.of("errors", List.of(leak)));
            }
        }
    }

    private @Nullable Object answer(HttpExchange exchange, String path, @Nullable String token, byte[] body)
            throws Refusal {
        if (!path.startsWith("/v1/") || exchange.getRequestURI().getQuery() != null) {
            throw new Refusal(404, "no such path");
        }
        if (state.sealed) {
            throw new Refusal(503, "Vault is sealed");
        }
        int fault = fault(path.substring(4));
        if (fault != 0) {
            throw new Refusal(fault, "out of order");
        }
        String namespace = exchange.getRequestHeaders().getFirst("X-Vault-Namespace");
        if (!java.util.Objects.equals(namespace, state.namespace)) {
            throw new Refusal(404, "no handler for route in this namespace");
        }
        return state.route(new Asked(exchange.getRequestMethod(), path.substring(4), token, body));
    }

    /** One request. */
    record Asked(String method, String path, @Nullable String token, byte[] body) {

        void must(String wanted) throws Refusal {
            if (!method.equals(wanted)) {
                throw new Refusal(405, "unsupported operation");
            }
        }

        /** The body, with these keys and no others. */
        JsonNode json(Set<String> keys) throws Refusal {
            must("POST");
            try {
                JsonNode json = JSON.readTree(body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body);
                for (var names = json.fieldNames(); names.hasNext(); ) {
                    String name = names.next();
                    if (!keys.contains(name)) {
                        throw new Refusal(400, "unknown key " + name);
                    }
                }
                return json;
            } catch (IOException e) {
                throw new Refusal(400, "error parsing JSON");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, @Nullable Object answer) throws IOException {
        if (answer == null) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        clock.shutdownNow();
        workers.shutdownNow();
    }
}
