package io.sallyport.admin;

import io.sallyport.approval.ApprovalFilter;
import io.sallyport.approval.ApprovalState;
import io.sallyport.approval.ApprovalView;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream of changing approvals, as server-sent events. It begins with what is open; then each change of any node comes
 * once. All state is confined to one event loop.
 */
final class ApprovalEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ApprovalEvents.class);
    private static final int SUBSCRIBERS = 100;
    private static final int REMEMBERED = 10_000;
    private static final long LOOK_MILLIS = 1_000;
    private static final long BEAT_MILLIS = 15_000;

    /** A stream ends after this time: the token that opened it may have been withdrawn since. Clients reconnect. */
    private static final long LIFE_MILLIS = 15 * 60_000;

    /** Nodes' clocks may differ by this much. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    private final AdminServices services;
    private final Vertx vertx;
    private final Context context;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final Map<String, Long> versions = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };
    private Instant since = Instant.EPOCH;
    private boolean looking;
    private boolean again;

    ApprovalEvents(AdminServices services, Vertx vertx) {
        this.services = services;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        services.approvals().onChange(() -> context.runOnContext(ignored -> look()));
        vertx.setPeriodic(LOOK_MILLIS, timer -> context.runOnContext(ignored -> look()));
        vertx.setPeriodic(BEAT_MILLIS, timer -> context.runOnContext(ignored -> beat()));
    }

    void addTo(Endpoints endpoints) {
        endpoints.addStream(HttpMethod.GET, "/api/v1/approvals/events", ApprovalRoutes.ROLES, this::subscribe);
    }

    private void subscribe(RoutingContext request, Caller caller) {
        context.runOnContext(ignored -> {
            if (subscribers.size() >= SUBSCRIBERS) {
                Endpoints.send(request, Reply.problem(503, "too many streams are open; try again later"));
                return;
            }
            HttpServerResponse response = request.response();
            if (response.closed()) {
                return;
            }
            Subscriber subscriber = new Subscriber(caller, response);
            response.setChunked(true).putHeader("Content-Type", "text/event-stream");
            response.write("retry: 2000\n\n");
            long life = vertx.setTimer(LIFE_MILLIS, timer -> context.runOnContext(old -> end(subscriber)));
            response.closeHandler(gone -> context.runOnContext(left -> {
                vertx.cancelTimer(life);
                subscribers.remove(subscriber);
            }));
            if (subscribers.isEmpty()) {
                since = services.clock().instant();
            }
            subscribers.add(subscriber);
            snapshot(subscriber);
        });
    }

    private void snapshot(Subscriber subscriber) {
        Future.fromCompletionStage(
                        services.approvals()
                                .list(new ApprovalFilter(
                                        java.util.Set.of(ApprovalState.PENDING, ApprovalState.ORPHANED), null, 1_000)),
                        context)
                .onComplete(views -> views.forEach(view -> send(subscriber, view)), failure -> end(subscriber));
    }

    private void look() {
        if (subscribers.isEmpty()) {
            return;
        }
        if (looking) {
            again = true;
            return;
        }
        looking = true;
        Instant begun = services.clock().instant();
        Future.fromCompletionStage(services.approvals().changedSince(since.minus(OVERLAP)), context)
                .onComplete(
                        views -> {
                            since = begun;
                            publish(views);
                            looked();
                        },
                        failure -> {
                            LOG.debug("changed approvals cannot be read", failure);
                            looked();
                        });
    }

    private void looked() {
        looking = false;
        if (again) {
            again = false;
            look();
        }
    }

    private void publish(List<ApprovalView> newestFirst) {
        List<ApprovalView> views = new ArrayList<>(newestFirst);
        Collections.reverse(views);
        for (ApprovalView view : views) {
            Long known = versions.put(view.id(), view.version());
            if (known == null || known < view.version()) {
                List.copyOf(subscribers).forEach(subscriber -> send(subscriber, view));
            }
        }
    }

    private void send(Subscriber subscriber, ApprovalView view) {
        if (subscriber.caller().sees(view.terms().approvers())) {
            write(
                    subscriber,
                    "id: " + view.id() + ":" + view.version() + "\nevent: approval\ndata: "
                            + Reply.json(ApprovalJson.summary(view)) + "\n\n");
        }
    }

    private void beat() {
        List.copyOf(subscribers).forEach(subscriber -> write(subscriber, ": still here\n\n"));
    }

    private void write(Subscriber subscriber, String text) {
        // Whoever does not read is cut off: memory is not for slow readers, and a new stream begins with what is open.
        if (subscriber.response().closed()) {
            subscribers.remove(subscriber);
        } else if (subscriber.response().writeQueueFull()) {
            end(subscriber);
        } else {
            subscriber.response().write(text);
        }
    }

    private void end(Subscriber subscriber) {
        if (subscribers.remove(subscriber) && !subscriber.response().ended()) {
            subscriber.response().end();
        }
    }

    private record Subscriber(Caller caller, HttpServerResponse response) {}
}
