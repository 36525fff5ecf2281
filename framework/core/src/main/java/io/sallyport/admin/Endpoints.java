package io.sallyport.admin;

import io.sallyport.api.config.Secret;
import io.sallyport.store.StoreUnavailableException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts endpoints behind authentication and their roles: there is no other way to add one that needs a caller.
 *
 * <p>Handlers run on an event loop and must not block; what they wait for runs on the pools of the rooms below.
 */
final class Endpoints {

    private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);
    private static final int LONGEST_BODY = 64 * 1024;
    private static final int LONGEST_TOKEN = 16 * 1024;
    private static final String SCHEME = "Bearer ";

    private final Router router;
    private final AdminSettings settings;
    private final Authenticator authenticator;

    Endpoints(Router router, AdminSettings settings, Authenticator authenticator) {
        this.router = router;
        this.settings = settings;
        this.authenticator = authenticator;
    }

    /** An endpoint that answers once. */
    void add(HttpMethod method, String path, Set<Role> roles, Handler handler) {
        addStream(method, path, roles, (context, caller) -> {
            CompletionStage<Reply> reply;
            try {
                reply = handler.handle(context, caller);
            } catch (RuntimeException e) {
                send(context, reply(e));
                return;
            }
            Future.fromCompletionStage(reply, here(context))
                    .onComplete(answer -> send(context, answer), failure -> send(context, reply(failure)));
        });
    }

    /**
     * An endpoint that answers once, for everyone whom an issuer knows: what a caller may see and do is the handler's
     * business. A token that is good at the gateway's other doors is good here; it gives no role.
     */
    void addForAll(HttpMethod method, String path, Handler handler) {
        add(method, path, Set.of(), handler);
    }

    /** An endpoint that answers as it likes. */
    void addStream(HttpMethod method, String path, Set<Role> roles, StreamHandler handler) {
        router.route(method, path).handler(context -> authenticate(context, roles));
        if (method.equals(HttpMethod.POST)) {
            router.route(method, path).handler(Endpoints::checkType);
            router.route(method, path).handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY));
        }
        router.route(method, path).handler(context -> handler.handle(context, context.get("caller")));
    }

    /** What went wrong, in the caller's words; details of failures are for the log alone. */
    static Reply reply(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof IllegalArgumentException) {
            return Reply.problem(400, String.valueOf(cause.getMessage()));
        }
        if (cause instanceof StoreUnavailableException) {
            LOG.warn("a request cannot be answered: {}", cause.getMessage());
            return Reply.problem(503, "the store does not answer; try again later");
        }
        LOG.error("a request failed", cause);
        return Reply.problem(500, "the request failed and had no effect; the gateway's log says why");
    }

    static void send(RoutingContext context, Reply reply) {
        if (!context.response().ended() && !context.response().closed()) {
            context.response()
                    .setStatusCode(reply.status())
                    .putHeader("Content-Type", reply.type())
                    .end(reply.body());
        }
    }

    private void authenticate(RoutingContext context, Set<Role> roles) {
        List<String> headers = context.request().headers().getAll("Authorization");
        if (headers.size() != 1
                || !headers.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                || headers.get(0).length() > LONGEST_TOKEN) {
            unauthenticated(context, "a bearer token for the audience " + settings.audience() + " is needed");
            return;
        }
        Secret token = Secret.of(headers.get(0).substring(SCHEME.length()).strip());
        // The body waits in the socket until its sender is known.
        context.request().pause();
        Future.fromCompletionStage(caller(token, roles.isEmpty()), here(context))
                .onComplete(
                        caller -> {
                            token.close();
                            admit(context, caller, roles);
                        },
                        failure -> {
                            token.close();
                            refuse(context, failure);
                        });
    }

    private CompletionStage<Caller> caller(Secret token, boolean anyAudience) {
        CompletionStage<Caller> operator = authenticator
                .authenticate(token, settings.audience())
                .thenApply(
                        principal -> Caller.of(principal, settings.operators().get()));
        if (!anyAudience) {
            return operator;
        }
        return operator.exceptionallyCompose(failure -> cause(failure) instanceof NotAuthenticatedException
                ? authenticator
                        .authenticate(token, Authenticator.ANY_AUDIENCE)
                        .thenApply(principal -> Caller.of(principal, List.of()))
                : CompletableFuture.failedFuture(failure));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static void admit(RoutingContext context, Caller caller, Set<Role> roles) {
        if (!roles.isEmpty() && !caller.hasAny(roles)) {
            Set<String> words = new TreeSet<>();
            roles.forEach(role -> words.add(role.word()));
            LOG.info(
                    "{} has no role for {} {}",
                    caller.principal().display(),
                    context.request().method(),
                    context.request().path());
            context.request().resume();
            send(context, Reply.problem(403, "this needs one of the roles " + String.join(", ", words)));
            return;
        }
        context.put("caller", caller);
        context.request().resume();
        context.next();
    }

    private static void refuse(RoutingContext context, Throwable failure) {
        Throwable cause = cause(failure);
        context.request().resume();
        if (cause instanceof NotAuthenticatedException) {
            unauthenticated(context, String.valueOf(cause.getMessage()));
        } else {
            LOG.warn("a token cannot be verified", cause);
            send(context, Reply.problem(503, "the token cannot be verified now; try again later"));
        }
    }

    private static void unauthenticated(RoutingContext context, String detail) {
        context.response().putHeader("WWW-Authenticate", "Bearer");
        send(context, Reply.problem(401, detail));
    }

    private static void checkType(RoutingContext context) {
        String type = context.request().getHeader("Content-Type");
        if (type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            context.next();
        } else {
            send(context, Reply.problem(415, "the body must be application/json"));
        }
    }

    private static Context here(RoutingContext context) {
        return context.vertx().getOrCreateContext();
    }

    /** Answers once. */
    @FunctionalInterface
    interface Handler {
        CompletionStage<Reply> handle(RoutingContext context, Caller caller);
    }

    /** Answers as it likes. */
    @FunctionalInterface
    interface StreamHandler {
        void handle(RoutingContext context, Caller caller);
    }
}
