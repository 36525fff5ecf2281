package io.sallyport.demo.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.demo.cluster.http.Exchange;
import io.sallyport.demo.cluster.http.HttpsListener;
import io.sallyport.demo.cluster.http.Request;
import io.sallyport.demo.cluster.store.ApiFailure;
import io.sallyport.demo.cluster.store.Kind;
import io.sallyport.demo.cluster.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds what a request asks for, and answers it. Safe for several threads. */
final class ClusterApi implements HttpsListener.Handler {

    static final String JSON = "application/json";

    private final Store store;
    private final ObjectMapper json;
    private final String authorization;
    private final Subresources subresources;

    ClusterApi(Store store, ObjectMapper json, String token) {
        this.store = store;
        this.json = json;
        this.authorization = "Bearer " + token;
        this.subresources = new Subresources(store, json);
    }

    /**
     * What a path names.
     *
     * @param kind of what
     * @param namespace empty for cluster scope and for all namespaces
     * @param name empty for a collection
     * @param subresource empty if there is none
     */
    record Named(Kind kind, String namespace, String name, String subresource) {}

    @Override
    public void handle(Request request, Exchange exchange) throws IOException {
        try {
            if (!request.header("authorization").equals(authorization)) {
                throw new ApiFailure(401, "Unauthorized", "Unauthorized");
            }
            route(request, exchange);
        } catch (ApiFailure e) {
            answer(exchange, e.code(), e.status());
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ClassCastException e) {
            answer(exchange, 400, new ApiFailure(400, "BadRequest", "the request makes no sense here").status());
        }
    }

    private void answer(Exchange exchange, int status, JsonNode body) throws IOException {
        exchange.answer(status, JSON, json.writeValueAsBytes(body));
    }

    private void route(Request request, Exchange exchange) throws IOException {
        if (List.of("/healthz", "/livez", "/readyz").contains(request.path())) {
            exchange.answer(200, "text/plain", new byte[] {'o', 'k'});
            return;
        }
        Optional<ObjectNode> document = Discovery.at(request.path());
        if (document.isPresent()) {
            answer(exchange, 200, document.get());
            return;
        }
        Named named = named(request.path());
        if (!named.subresource().isEmpty()) {
            subresources.answer(request, exchange, named);
        } else if (!named.kind().stored()) {
            answer(exchange, 201, Questions.answer(named.kind(), request));
        } else if (request.flag("watch") && named.name().isEmpty()) {
            new Watch(store, json, named, request).run(exchange);
        } else {
            objects(request, exchange, named);
        }
    }

    private static Named named(String path) {
        List<String> parts = new ArrayList<>(Arrays.asList(path.split("/", -1)));
        boolean core = parts.size() > 3 && parts.get(1).equals("api");
        String group = core ? "" : parts.size() > 4 ? parts.get(2) : "?";
        List<String> left =
                core ? parts.subList(3, parts.size()) : parts.subList(Math.min(4, parts.size()), parts.size());
        String namespace = "";
        if (left.size() > 2
                && left.get(0).equals("namespaces")
                && !List.of("status", "finalize").contains(left.get(2))) {
            namespace = left.get(1);
            left = left.subList(2, left.size());
        }
        if (left.isEmpty() || left.size() > 3) {
            throw new ApiFailure(404, "NotFound", "the server could not find the requested resource");
        }
        Kind kind = Kind.of(group, left.get(0))
                .orElseThrow(() -> new ApiFailure(404, "NotFound", "the server could not find the requested resource"));
        return new Named(kind, namespace, left.size() > 1 ? left.get(1) : "", left.size() > 2 ? left.get(2) : "");
    }

    private void objects(Request request, Exchange exchange, Named named) throws IOException {
        boolean rehearsal = request.parameter("dryRun").equals("All");
        Kind kind = named.kind();
        boolean collection = named.name().isEmpty();
        switch (request.method() + (collection ? " all" : "")) {
            case "GET" -> shown(request, exchange, 200, named, store.get(kind, named.namespace(), named.name()));
            case "GET all" -> list(request, exchange, named);
            case "POST all" ->
                shown(request, exchange, 201, named, store.create(kind, named.namespace(), body(request), rehearsal));
            case "PUT" ->
                shown(
                        request,
                        exchange,
                        200,
                        named,
                        store.replace(kind, named.namespace(), named.name(), body(request), rehearsal));
            case "PATCH" -> {
                boolean made = !store.has(kind, named.namespace(), named.name());
                String type = mediaType(request);
                JsonNode patch = tree(request);
                shown(
                        request,
                        exchange,
                        made ? 201 : 200,
                        named,
                        store.patch(kind, named.namespace(), named.name(), type, patch, rehearsal));
            }
            case "DELETE" -> {
                ObjectNode gone = store.delete(kind, named.namespace(), named.name(), rehearsal || rehearses(request));
                answer(exchange, 200, deleted(kind, gone));
            }
            case "DELETE all" -> deleteAll(request, exchange, named);
            default -> throw new ApiFailure(405, "MethodNotAllowed", "the server does not allow this method on it");
        }
    }

    private boolean rehearses(Request request) throws IOException {
        return request.body().length > 0
                && tree(request).path("dryRun").path(0).asText().equals("All");
    }

    private static ObjectNode deleted(Kind kind, ObjectNode gone) {
        ObjectNode status = new ApiFailure(200, "", "").status();
        status.remove(List.of("message", "reason", "code"));
        status.put("status", "Success");
        status.putObject("details")
                .put("name", gone.path("metadata").path("name").asText())
                .put("group", kind.group())
                .put("kind", kind.plural())
                .put("uid", gone.path("metadata").path("uid").asText());
        return status;
    }

    private void deleteAll(Request request, Exchange exchange, Named named) throws IOException {
        List<ObjectNode> found = found(request, named);
        if (!request.parameter("dryRun").equals("All")) {
            found.forEach(object -> store.delete(
                    named.kind(),
                    named.namespace(),
                    object.path("metadata").path("name").asText(),
                    false));
        }
        answer(exchange, 200, listed(named.kind(), found));
    }

    private List<ObjectNode> found(Request request, Named named) {
        return store.list(
                named.kind(),
                named.namespace(),
                request.parameter("labelSelector"),
                request.parameter("fieldSelector"));
    }

    private void list(Request request, Exchange exchange, Named named) throws IOException {
        List<ObjectNode> found = found(request, named);
        ObjectNode answer = wantsTable(request)
                ? Tables.table(named.kind(), found, request.parameter("includeObject"), true)
                : listed(named.kind(), found);
        answer.withObject("/metadata").put("resourceVersion", Long.toString(store.version()));
        answer(exchange, 200, answer);
    }

    private ObjectNode listed(Kind kind, List<ObjectNode> objects) {
        ObjectNode list = json.createObjectNode();
        list.put("kind", kind.name() + "List").put("apiVersion", kind.apiVersion());
        list.putObject("metadata").put("resourceVersion", Long.toString(store.version()));
        list.putArray("items").addAll(objects);
        return list;
    }

    private void shown(Request request, Exchange exchange, int status, Named named, ObjectNode object)
            throws IOException {
        answer(
                exchange,
                status,
                wantsTable(request)
                        ? Tables.table(named.kind(), List.of(object), request.parameter("includeObject"), true)
                        : object);
    }

    static boolean wantsTable(Request request) {
        return request.header("accept").contains("as=Table");
    }

    private ObjectNode body(Request request) throws IOException {
        return (ObjectNode) tree(request);
    }

    private JsonNode tree(Request request) throws IOException {
        if (request.header("content-type").contains("protobuf")) {
            throw new ApiFailure(415, "UnsupportedMediaType", "the body of the request was in an unknown format");
        }
        return json.readTree(request.body());
    }

    private static String mediaType(Request request) {
        String type = request.header("content-type");
        int semicolon = type.indexOf(';');
        return semicolon < 0 ? type : type.substring(0, semicolon);
    }
}
