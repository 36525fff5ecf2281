package io.sallyport.admin.start;

import io.sallyport.admin.Reloading;
import io.sallyport.api.principal.Principal;
import io.sallyport.launch.StartException;
import io.sallyport.launch.reload.Actor;
import io.sallyport.launch.reload.Reload;
import io.sallyport.launch.reload.ReloadReport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs reloads, which block, on a thread of their own. */
final class Reloads implements Reloading, AutoCloseable {

    private final Reload reload;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "sallyport-reload");
        made.setDaemon(true);
        return made;
    });

    Reloads(Reload reload) {
        this.reload = reload;
    }

    @Override
    public ReloadReport current() {
        return reload.current();
    }

    @Override
    public CompletionStage<ReloadReport> reload(Principal operator) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return reload.reload(new Actor("admin", operator));
                    } catch (StartException e) {
                        throw new CompletionException(e);
                    }
                },
                thread);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
