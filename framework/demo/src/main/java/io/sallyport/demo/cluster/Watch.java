package io.sallyport.demo.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.demo.cluster.http.Exchange;
import io.sallyport.demo.cluster.http.Request;
import io.sallyport.demo.cluster.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Follows the changes of a kind until the client's time is over or it has left. */
final class Watch {

    private static final long LOOK_MILLIS = 1_000;
    private static final long LONGEST_SECONDS = 3_600;

    private final Store store;
    private final ObjectMapper json;
    private final ClusterApi.Named named;
    private final Request request;
    private boolean columns = true;

    Watch(Store store, ObjectMapper json, ClusterApi.Named named, Request request) {
        this.store = store;
        this.json = json;
        this.named = named;
        this.request = request;
    }

    void run(Exchange exchange) throws IOException {
        String from = request.parameter("resourceVersion");
        String seconds = request.parameter("timeoutSeconds");
        long limit = seconds.isEmpty() ? LONGEST_SECONDS : Math.min(Long.parseLong(seconds), LONGEST_SECONDS);
        long end = System.nanoTime() + limit * 1_000_000_000;
        try (OutputStream out = exchange.stream(200, ClusterApi.JSON)) {
            long seen = from.isEmpty() || from.equals("0") ? present(out) : Long.parseLong(from);
            while (System.nanoTime() < end) {
                Store.Event event = store.next(named.kind(), named.namespace(), seen, LOOK_MILLIS);
                if (event != null) {
                    seen = event.version();
                    send(out, event.type(), event.object());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long present(OutputStream out) throws IOException {
        long version = store.version();
        for (ObjectNode object : store.list(named.kind(), named.namespace(), "", "")) {
            send(out, "ADDED", object);
        }
        return version;
    }

    private void send(OutputStream out, String type, ObjectNode object) throws IOException {
        if (!Store.selected(object, request.parameter("labelSelector"), request.parameter("fieldSelector"))) {
            return;
        }
        JsonNode shown = object;
        if (ClusterApi.wantsTable(request)) {
            shown = Tables.table(named.kind(), List.of(object), request.parameter("includeObject"), columns);
            columns = false;
        }
        ObjectNode event = json.createObjectNode().put("type", type);
        event.set("object", shown);
        out.write((event + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        out.flush();
    }
}
