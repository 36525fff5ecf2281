package io.sallyport.demo.tour;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Statements that wait for people. */
final class ApprovalSteps {

    private static final String ALICE = "TOK";
    private static final String CAROL = "TOKEN_APPROVER";
    private static final String BOB = "TOK_BOB";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Clients clients;
    private final AdminClient admin;

    ApprovalSteps(Clients clients, AdminClient admin) {
        this.clients = clients;
        this.admin = admin;
    }

    List<String> approved() throws Exception {
        String update = "UPDATE orders SET note = 'tour' WHERE id = 1";
        try (Connection connection = clients.gateway(BOB);
                Statement statement = connection.createStatement()) {
            CompletableFuture<Integer> waiting = run(statement, update);
            String approval = admin.awaitApproval(CAROL, update, PATIENCE);
            String before = clients.truth("SELECT note FROM orders WHERE id = 1");
            Expect.that(!waiting.isDone(), "the UPDATE did not wait");
            Expect.that(before.equals("n"), "the UPDATE ran before it was approved: the note is '" + before + "'");
            int own = admin.decide(BOB, approval, true);
            Expect.that(own == 403 && !waiting.isDone(), "bob approves his own request: HTTP " + own);
            int decided = admin.decide(CAROL, approval, true);
            Expect.that(decided == 200, "carol cannot approve: HTTP " + decided);
            int rows = waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            String after = clients.truth("SELECT note FROM orders WHERE id = 1");
            Expect.that(rows == 1 && after.equals("tour"), rows + " rows changed, and the note is '" + after + "'");
            return List.of(
                    update,
                    "  NOTICE: " + notice(statement, approval),
                    "bob, who asked, tries to approve it himself: HTTP " + own,
                    "carol approves " + approval,
                    "  UPDATE " + rows + ", and the target has the new note");
        }
    }

    List<String> rejected() throws Exception {
        String update = "UPDATE orders SET note = 'tour' WHERE id = 2";
        try (Connection connection = clients.gateway(ALICE);
                Statement statement = connection.createStatement()) {
            CompletableFuture<Integer> waiting = run(statement, update);
            String approval = admin.awaitApproval(BOB, update, PATIENCE);
            int decided = admin.decide(BOB, approval, false);
            Expect.that(decided == 200, "bob cannot reject: HTTP " + decided);
            String refusal = refusal(waiting);
            String after = clients.truth("SELECT note FROM orders WHERE id = 2");
            Expect.that(after.equals("n"), "the rejected UPDATE changed the note to '" + after + "'");
            return List.of(update, "bob rejects " + approval, "  " + refusal);
        }
    }

    private static CompletableFuture<Integer> run(Statement statement, String update) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return statement.executeUpdate(update);
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
    }

    private static String notice(Statement statement, String approval) throws SQLException {
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            String text = String.valueOf(warning.getMessage());
            if (text.contains(approval)) {
                return text;
            }
        }
        throw new AssertionError("the client got no notice that names approval " + approval);
    }

    private static String refusal(CompletableFuture<Integer> waiting) throws Exception {
        try {
            throw new AssertionError("the rejected UPDATE ran: " + waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException refused) {
                return Expect.refusal(refused);
            }
            throw e;
        }
    }
}
