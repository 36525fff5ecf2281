package io.sallyport.api.session;

import io.sallyport.api.ProviderType;
import io.sallyport.api.guardrail.Verdict;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of one submitted action: verdict, recorded bytes, outcome.
 *
 * <pre>
 *   submitted ──► held ──► decided ──► completed
 *        │          │          ▲
 *        ├──────────┼──────────┘
 *        └──────────┴────────────► cancelled
 * </pre>
 *
 * <ol>
 *   <li>{@link #verdict()} completes exactly once, with allow or deny, on the session's executor; action and verdict are
 *       in the journal by then.
 *   <li>After {@link #cancel} the verdict is a deny, whatever people decide later.
 *   <li>The outcome is in the journal when the stage of {@link #complete} is complete: only then may the client see
 *       success.
 * </ol>
 */
@ProviderType
public interface Exchange {

    /** The number of the action within its session, from 1. */
    long number();

    /** The verdict if it is known, else null. */
    Verdict.@Nullable Final decided();

    /** The verdict, when it is known. */
    CompletionStage<Verdict.Final> verdict();

    /**
     * Hears that the action waits for people. Called at most once, on the session's executor; at once if it waits
     * already.
     */
    void onHold(Consumer<Held> listener);

    /** Whether {@link #record} keeps anything: false lets the connector skip the work. */
    boolean recordsResults();

    /**
     * Records bytes of the answer (masked already) or of the request's stream. Beyond the grant's limit they are counted
     * and hashed only.
     *
     * @throws JournalUnavailableException if they cannot be recorded: then the session must end
     */
    void record(Stream stream, byte[] bytes, int offset, int length);

    /**
     * Records what became of the action.
     *
     * @return complete when the outcome is in the journal; failed with {@link JournalUnavailableException} if it cannot
     *     be: then the client must not see success and the session must end
     */
    CompletionStage<@Nullable Void> complete(Outcome outcome);

    /** The client no longer wants the action, or cannot have it. Has no effect on a decided action's verdict. */
    void cancel(String reason);

    /**
     * A held action.
     *
     * @param approval the approval's identifier
     * @param url where people decide it
     * @param reason why it waits
     */
    record Held(String approval, String url, String reason) {}

    /** The streams of an action. */
    enum Stream {
        /** What the client sends. */
        INPUT,
        /** What the target answers. */
        OUTPUT,
        /** What the target answers on its second stream. */
        ERROR
    }
}
