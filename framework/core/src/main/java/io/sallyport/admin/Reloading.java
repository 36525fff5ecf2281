package io.sallyport.admin;

import io.sallyport.api.principal.Principal;
import io.sallyport.launch.reload.ReloadReport;
import java.util.concurrent.CompletionStage;

/** The configuration that is in force, and its reload. Never blocks. */
public interface Reloading {

    /** What is in force. */
    ReloadReport current();

    /**
     * Puts the configuration's file in force.
     *
     * @return fails with {@link io.sallyport.launch.StartException} if the file cannot be used; then nothing has changed
     */
    CompletionStage<ReloadReport> reload(Principal operator);
}
