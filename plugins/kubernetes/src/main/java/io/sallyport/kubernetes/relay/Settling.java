package io.sallyport.kubernetes.relay;

import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The exchanges of one request, whose outcome is written once. */
final class Settling {

    private static final CompletionStage<@Nullable Void> DONE = CompletableFuture.completedFuture(null);

    private final List<Exchange> exchanges;
    private boolean settled;

    Settling(List<Exchange> exchanges) {
        this.exchanges = exchanges;
    }

    boolean settled() {
        return settled;
    }

    boolean records() {
        return !settled && last().recordsResults();
    }

    /** Records bytes with the last exchange: the command's where there is one. */
    void record(Exchange.Stream stream, byte[] bytes, int offset, int length) {
        if (!settled) {
            last().record(stream, bytes, offset, length);
        }
    }

    private Exchange last() {
        return exchanges.get(exchanges.size() - 1);
    }

    /** Writes the outcome, unless that has happened; complete when it is in the journal. */
    CompletionStage<@Nullable Void> settle(Outcome.Status status, String code, long bytes, @Nullable String detail) {
        if (settled) {
            return DONE;
        }
        settled = true;
        CompletionStage<@Nullable Void> all = DONE;
        for (Exchange exchange : exchanges) {
            CompletionStage<@Nullable Void> one = exchange.complete(new Outcome(status, code, -1, bytes, detail));
            all = all == DONE ? one : all.thenCombine(one, (first, second) -> null);
        }
        return all;
    }

    /** Nothing of the request has reached the target, and nothing will. */
    void withdraw(String reason) {
        if (!settled) {
            settled = true;
            exchanges.forEach(exchange -> exchange.cancel(reason));
        }
    }
}
