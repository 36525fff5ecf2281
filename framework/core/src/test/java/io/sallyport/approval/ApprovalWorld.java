package io.sallyport.approval;

import io.sallyport.api.guardrail.Approvers;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.principal.Principal;
import io.sallyport.store.Store;
import io.sallyport.store.StoreSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** People, requests and one node with approvals in virtual time. */
public final class ApprovalWorld implements AutoCloseable {

    /** Asks. */
    public static final Principal ALICE = person("alice", "dev", "dba");

    /** Decides. */
    public static final Principal BOB = person("bob", "dba");

    /** Decides too. */
    public static final Principal CAROL = person("carol", "dba");

    /** May not decide. */
    public static final Principal DAVE = person("dave", "dev");

    /** The time of this world. */
    public final VirtualTime time = new VirtualTime();

    /** What the record was given. */
    public final Queue<ApprovalRecord.Entry> entries = new ConcurrentLinkedQueue<>();

    /** The store. */
    public final Store store;

    /** The node {@code gw-1}. */
    public final Approvals approvals;

    /** Opens a world on an empty database. */
    public ApprovalWorld(StoreSettings settings) {
        store = Store.open(settings);
        approvals = node("gw-1");
    }

    /** Another node on the same store. */
    public Approvals node(String name) {
        Approvals node = new Approvals(store, name, time, time, entries::add);
        node.start();
        return node;
    }

    /** Asks on the node {@code gw-1} and waits until people can see it. */
    public Ticket ask(ApprovalRequest request) {
        Ticket ticket = approvals.request(request, Runnable::run);
        get(ticket.created());
        return ticket;
    }

    /** Somebody says yes on the node {@code gw-1}. */
    public Answer approve(String id, Principal who) {
        return get(approvals.decide(id, who, true, "fine"));
    }

    /** How an approval stands in the store. */
    public ApprovalState state(String id) {
        return get(approvals.show(id)).orElseThrow().state();
    }

    /** Waits, in real time, for the store's threads. */
    public static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within ten seconds");
            }
            Thread.onSpinWait();
        }
    }

    /** The result of a stage. */
    public static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** A person of the issuer {@code demo}. */
    public static Principal person(String name, String... groups) {
        return new Principal("demo", name, name, Set.of(groups), Map.of(), null);
    }

    /** A request of alice that one dba decides within a minute. */
    public static ApprovalRequest request() {
        return request(ALICE, 1, Duration.ZERO, 1);
    }

    /** A request with terms. */
    public static ApprovalRequest request(Principal who, int required, Duration carry, int digest) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) digest);
        return new ApprovalRequest(
                "s-1",
                7,
                who,
                Binding.of("app", "app", "app", bytes),
                new Verdict.Hold(
                        "A1",
                        "orders are changed by two",
                        new Approvers("demo", Set.of("dba"), required),
                        Duration.ofSeconds(60),
                        carry),
                new Presentation(
                        "UPDATE public.orders",
                        "UPDATE orders SET note=$1 WHERE id=$2 -- \u0000 \uD83D\uDE00 \uD83D",
                        List.of("x", "1"),
                        Map.of("search_path", "public")));
    }

    /** The decision of a ticket if there is one. */
    public static @Nullable Decision now(Ticket ticket) {
        return ticket.decision().toCompletableFuture().getNow(null);
    }

    @Override
    public void close() {
        approvals.close();
        store.close();
    }
}
