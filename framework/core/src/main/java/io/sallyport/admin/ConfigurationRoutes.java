package io.sallyport.admin;

import io.sallyport.launch.StartException;
import io.sallyport.launch.reload.ReloadReport;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The endpoints under {@code /api/v1/configuration}. */
final class ConfigurationRoutes {

    private final Reloading reloading;

    ConfigurationRoutes(Reloading reloading) {
        this.reloading = reloading;
    }

    void addTo(Endpoints endpoints) {
        endpoints.add(HttpMethod.GET, "/api/v1/configuration", Set.of(Role.ADMIN, Role.AUDITOR), this::show);
        endpoints.add(HttpMethod.POST, "/api/v1/configuration/reload", Set.of(Role.ADMIN), this::reload);
    }

    private CompletionStage<Reply> show(RoutingContext context, Caller caller) {
        return CompletableFuture.completedFuture(Reply.ok(json(reloading.current())));
    }

    private CompletionStage<Reply> reload(RoutingContext context, Caller caller) {
        return reloading.reload(caller.principal()).handle((report, failure) -> {
            if (failure == null) {
                return Reply.ok(json(report));
            }
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (cause instanceof StartException refused) {
                return Reply.problem(refused.isConfiguration() ? 422 : 503, String.valueOf(refused.getMessage()));
            }
            throw new CompletionException(cause);
        });
    }

    private static Map<String, Object> json(ReloadReport report) {
        return Map.of(
                "generation", report.generation(),
                "digest", report.digest(),
                "since", report.since(),
                "changed", report.changed());
    }
}
