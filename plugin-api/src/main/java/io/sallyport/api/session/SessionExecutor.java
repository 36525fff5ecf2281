package io.sallyport.api.session;

import java.util.concurrent.Executor;

/** A serial executor that the core has given a journal lane. */
public interface SessionExecutor extends Executor {

    /** Whether the calling thread is this executor's own. */
    boolean inThread();
}
