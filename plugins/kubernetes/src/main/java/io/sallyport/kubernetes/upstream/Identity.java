package io.sallyport.kubernetes.upstream;

import io.sallyport.kubernetes.http.Headers;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** In whose name a session's requests reach the API server. Confined to the session's event loop. */
public interface Identity {

    /** The header fields that say so; null if they must be fetched first. */
    @Nullable
    Headers fields();

    /** Fetches the fields afresh; completes on the loop, or fails with words that a client may read. */
    CompletionStage<Headers> renew();

    /** Whether {@link #renew} can bring anything new. */
    boolean renewable();

    /** Forgets what it knows and ends its connections. */
    void close();
}
