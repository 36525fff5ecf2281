package io.sallyport.api.session;

import io.sallyport.api.ProviderType;
import java.util.concurrent.Executor;

/** A serial executor that the core has given a journal lane. */
@ProviderType
public interface SessionExecutor extends Executor {

    /** Whether the calling thread is this executor's own. */
    boolean inThread();
}
