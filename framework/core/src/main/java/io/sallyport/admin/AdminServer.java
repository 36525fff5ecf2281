package io.sallyport.admin;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The HTTPS server of the admin API.
 *
 * <ol>
 *   <li>Except for health and the API's own description, nothing answers without a token of the right audience and a role.
 *   <li>A request body is at most 64 KiB, and no answer can be read by a page of another origin.
 *   <li>Nothing blocks an event loop: what waits runs on the pools of the rooms below.
 * </ol>
 */
public final class AdminServer implements AutoCloseable {

    private static final int HEADER_BYTES = 32 * 1024;
    private static final int LINE_BYTES = 4 * 1024;
    private static final int IDLE_SECONDS = 60;
    private static final int START_SECONDS = 20;

    private final AdminSettings settings;
    private final Vertx vertx;
    private final Router router;
    private @Nullable HttpServer server;

    /** Makes a server that does not listen yet. */
    public AdminServer(AdminSettings settings, AdminServices services) {
        this.settings = settings;
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        this.router = Router.router(vertx);
        router.route().handler(AdminServer::secure);
        Endpoints endpoints = new Endpoints(router, settings, services.authenticator());
        new StatusRoutes(services).addTo(router, endpoints);
        new ApprovalEvents(services, vertx).addTo(endpoints);
        new ApprovalRoutes(services.approvals()).addTo(endpoints);
        new SessionRoutes(services).addTo(endpoints);
        new AccessRoutes(services.access()).addTo(endpoints);
        new RevocationRoutes(services.revocations()).addTo(endpoints);
        new ConfigurationRoutes(services.reloading()).addTo(endpoints);
        for (int status : new int[] {400, 404, 405, 413, 500}) {
            router.errorHandler(status, context -> fail(context, status));
        }
    }

    /**
     * Opens the listener. Blocks.
     *
     * @throws IOException if it cannot; the message names the address or the file
     */
    public void start() throws IOException {
        HttpServerOptions options = new HttpServerOptions()
                .setMaxHeaderSize(HEADER_BYTES)
                .setMaxInitialLineLength(LINE_BYTES)
                .setIdleTimeout(IDLE_SECONDS)
                .setReuseAddress(true)
                .setDecompressionSupported(false);
        AdminSettings.Tls tls = settings.tls();
        if (tls != null) {
            options.setSsl(true)
                    .setUseAlpn(true)
                    .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertPath(tls.certificate().toAbsolutePath().toString())
                            .addKeyPath(tls.key().toAbsolutePath().toString()));
        }
        HttpServer starting = vertx.createHttpServer(options).requestHandler(router);
        try {
            server = starting.listen(settings.listen().port(), settings.listen().host())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            String why = e.getCause() == null
                    ? String.valueOf(e.getMessage())
                    : e.getCause().toString();
            throw new IOException("the admin API cannot listen on " + settings.listen() + ": " + why, e);
        } catch (TimeoutException e) {
            throw new IOException("the admin API cannot listen on " + settings.listen() + ": no answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the admin API was starting", e);
        }
    }

    /** Where it listens, with the actual port; defined after {@link #start()}. */
    public InetSocketAddress address() {
        if (server == null) {
            throw new IllegalStateException("the admin API is not started");
        }
        return new InetSocketAddress(settings.listen().host(), server.actualPort());
    }

    /** Stops listening and ends all requests. Blocks for ten seconds at most. */
    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the admin API does not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Router router() {
        return router;
    }

    private static void secure(RoutingContext context) {
        context.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cache-Control", "no-store")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        if (context.request().isSSL()) {
            context.response().putHeader("Strict-Transport-Security", "max-age=31536000");
        }
        context.next();
    }

    private static void fail(RoutingContext context, int status) {
        Throwable failure = context.failure();
        if (failure != null && status == 500) {
            Endpoints.send(context, Endpoints.reply(failure));
            return;
        }
        String detail =
                switch (status) {
                    case 404 -> "there is nothing here";
                    case 405 -> "this cannot be done here";
                    case 413 -> "the body is longer than 64 KiB";
                    case 500 -> "the request failed; the gateway's log says why";
                    default -> "the request cannot be understood";
                };
        Endpoints.send(context, Reply.problem(status, detail));
    }
}
