package io.sallyport.ssh.relay;

import io.sallyport.api.action.Action;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Outcome;
import io.sallyport.api.session.Session;
import io.sallyport.ssh.sftp.Ends;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The actions that one request stands for, judged one after the other: all of them are allowed, or none is carried out. */
final class Acts implements Ends.Deed {

    private final Session session;
    private final Judged judged;
    private final List<Action> left = new ArrayList<>();
    private final List<Exchange> exchanges = new ArrayList<>();
    private @Nullable Mask mask;
    private boolean over;

    private Acts(Session session, List<? extends Action> actions, Judged judged) {
        this.session = session;
        this.judged = judged;
        left.addAll(actions);
    }

    /** Hears what became of the actions, on the session's loop. */
    interface Judged {

        /** People are asked. */
        void held(String line);

        /** All may be carried out; perhaps before {@link #judge} returns. */
        void allowed(Acts acts, @Nullable Mask mask);

        /** None may. */
        void denied(String line);
    }

    static Acts judge(Session session, List<? extends Action> actions, Judged judged) {
        Acts acts = new Acts(session, actions, judged);
        acts.next();
        return acts;
    }

    private void next() {
        if (left.isEmpty()) {
            over = true;
            judged.allowed(this, mask);
            return;
        }
        Exchange exchange = session.submit(left.remove(0));
        exchanges.add(exchange);
        if (exchange.decided() == null) {
            exchange.onHold(held -> {
                if (!over) {
                    judged.held("sallyport: waiting for approval " + held.approval() + ": " + held.reason() + " ("
                            + held.url() + ", " + where(exchange) + ")");
                }
            });
        }
        exchange.verdict().whenComplete((verdict, failure) -> decide(exchange, verdict, failure));
    }

    private void decide(Exchange exchange, Verdict.@Nullable Final verdict, @Nullable Throwable failure) {
        if (over) {
            return;
        }
        if (verdict instanceof Verdict.Allow allow) {
            Masking masking = allow.masking();
            Mask text = masking == null ? null : masking.textMask();
            if (mask == null || (text != null && text.strength().compareTo(mask.strength()) > 0)) {
                mask = text;
            }
            next();
            return;
        }
        over = true;
        exchanges.remove(exchange);
        complete(new Outcome(Outcome.Status.CANCELLED, "", -1, 0, "another part of the request is denied"));
        if (verdict instanceof Verdict.Deny deny) {
            judged.denied(refusal(deny.reason(), deny.rule(), where(exchange)));
        } else {
            judged.denied(refusal("no verdict: " + failure, "core", where(exchange)));
        }
    }

    /** The number of the first action, by which people find it. */
    @Override
    public String where() {
        return exchanges.isEmpty() ? "session " + session.id() : where(exchanges.get(0));
    }

    private String where(Exchange exchange) {
        return "session " + session.id() + ", action " + exchange.number();
    }

    /** The line that a client gets for what it may not do. */
    static String refusal(String reason, String rule, String where) {
        return "sallyport: " + reason + " [" + rule + "] (" + where + ")";
    }

    void record(Exchange.Stream stream, byte[] bytes, int offset, int length) {
        if (!exchanges.isEmpty() && length > 0) {
            exchanges.get(0).record(stream, bytes, offset, length);
        }
    }

    boolean recordsResults() {
        return !exchanges.isEmpty() && exchanges.get(0).recordsResults();
    }

    /** Records what became of all. */
    @Override
    public CompletionStage<@Nullable Void> complete(Outcome outcome) {
        CompletableFuture<?>[] all = exchanges.stream()
                .map(exchange -> exchange.complete(outcome).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        exchanges.clear();
        return CompletableFuture.allOf(all);
    }

    /** The client no longer wants them. */
    void cancel(String why) {
        if (!over) {
            over = true;
            exchanges.forEach(exchange -> exchange.cancel(why));
            exchanges.clear();
        }
    }

    boolean decided() {
        return over;
    }
}
