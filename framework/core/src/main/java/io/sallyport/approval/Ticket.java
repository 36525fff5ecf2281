package io.sallyport.approval;

import java.util.concurrent.CompletionStage;

/**
 * One wait for people.
 *
 * <ol>
 *   <li>Stages complete on the executor given with the request, {@link #created()} before {@link #decision()}.
 *   <li>{@link #decision()} always completes, exactly once and never exceptionally: at the latest seconds after the
 *       timeout, whatever the store does.
 *   <li>{@link Decision.Approved} comes to exactly one ticket per approval.
 * </ol>
 */
public interface Ticket {

    /**
     * The approval's identifier, final once {@link #created()} is complete: an identical earlier request that waits
     * without a client is taken over.
     */
    String id();

    /**
     * Completes with the identifier when people can see the request; fails with {@link ApprovalsUnavailableException}
     * within five seconds if it cannot be made: then the action is denied.
     */
    CompletionStage<String> created();

    /** How the wait ended. */
    CompletionStage<Decision> decision();

    /**
     * The client left, or no longer wants the action. Any thread; has no effect after {@link #decision()} has completed.
     * The decision is {@link Decision.Withdrawn} unless another came first.
     */
    void withdraw(String reason);
}
