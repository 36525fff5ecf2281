package io.sallyport.postgres.relay;

import io.netty.buffer.ByteBuf;
import io.sallyport.postgres.mask.Shape;
import io.sallyport.postgres.statement.Names;
import io.sallyport.postgres.wire.Frontend;
import io.sallyport.postgres.wire.FrontendMessages;
import io.sallyport.postgres.wire.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the target what the gateway must know, on the session's own connection and between the client's messages, where
 * nothing of the client's is disturbed: by the extended protocol under names of our own, and within a transaction of the
 * client's behind a savepoint that is gone afterwards.
 */
final class Asking {

    private static final String NAME = "sallyport_own";
    private static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    private static final String SAVEPOINT = "SAVEPOINT sallyport_own";
    private static final String NO_PATH = "SET LOCAL search_path = ''";
    private static final String SETTINGS = "SELECT pg_catalog.array_to_string(pg_catalog.current_schemas(true),"
            + " pg_catalog.chr(1)), pg_catalog.current_setting('standard_conforming_strings'),"
            + " CURRENT_USER::pg_catalog.text";

    private final Relay relay;

    Asking(Relay relay) {
        this.relay = relay;
    }

    /** Learns whatever is not known any more, then goes on; what cannot be learned stays unknown. */
    void refresh(Runnable then) {
        boolean names = relay.tracked.namesStale() || relay.tracked.names().equals(relay.caches.nothing());
        boolean inTransaction = relay.targetSide.status() != 'I';
        List<String> statements = new ArrayList<>();
        if (names) {
            statements.addAll(catalogStatements());
            if (inTransaction) {
                statements.set(0, SAVEPOINT);
                statements.set(statements.size() - 1, "ROLLBACK TO SAVEPOINT sallyport_own");
                statements.add("RELEASE SAVEPOINT sallyport_own");
            }
        }
        statements.add(SETTINGS);
        Question[] holder = new Question[1];
        holder[0] = new Question(statements, () -> learned(holder[0], names, inTransaction, then));
        relay.session.own(names ? "catalog and settings queries" : "settings query");
        send(holder[0]);
    }

    /** The statements that read the catalog, outside of a transaction. */
    List<String> catalogStatements() {
        List<String> statements = new ArrayList<>(List.of(BEGIN, NO_PATH));
        statements.addAll(relay.reader.catalogQueries());
        statements.add("COMMIT");
        return statements;
    }

    /** The snapshot that the answers to those statements make. */
    Names snapshot(List<List<@Nullable String[]>> answers) {
        String database = relay.session.target().database();
        return relay.reader.names(
                database == null ? "" : database,
                answers.subList(2, 2 + relay.reader.catalogQueries().size()));
    }

    private void send(Question question) {
        ByteBuf out = relay.toTarget.channel().alloc().buffer();
        for (String statement : question.statements()) {
            closeOwn(out, question);
            FrontendMessages.parse(out, NAME, statement.getBytes(relay.tracked.charset()));
            FrontendMessages.bind(out, NAME, NAME);
            FrontendMessages.execute(out, NAME);
            relay.expectations.add(Expected.OWN, question);
            relay.expectations.add(Expected.OWN, question);
            relay.expectations.add(Expected.OWN_ROWS, question);
        }
        closeOwn(out, question);
        FrontendMessages.bare(out, Frontend.SYNC);
        relay.expectations.add(Expected.OWN_SYNC, question);
        relay.toTarget.write(out);
    }

    /**
     * Learns whether the target knows a setting; takes its error if it does not, else null. A name with a dot is known only
     * once it is set, so that it counts as known.
     */
    void whetherKnown(String setting, Consumer<@Nullable Report> then) {
        if (setting.indexOf('.') >= 0) {
            then.accept(null);
            return;
        }
        Question[] holder = new Question[1];
        holder[0] = new Question(List.of("SHOW \"" + setting.replace("\"", "\"\"") + "\""), () -> {
            Report failure = holder[0].failure();
            then.accept(failure != null && failure.code().equals("42704") ? failure : null);
        });
        relay.session.own("SHOW of a setting that was denied");
        send(holder[0]);
    }

    /** Learns what the rows of a query look like, null if the target does not say, then goes on. */
    void describe(String query, Consumer<@Nullable Shape> shape, Runnable then) {
        relay.session.own("Describe of what a COPY sends");
        Question question = new Question(List.of(), then);
        ByteBuf out = relay.toTarget.channel().alloc().buffer();
        describe(out, query, shape, question);
        FrontendMessages.bare(out, Frontend.SYNC);
        relay.expectations.add(Expected.OWN_SYNC, question);
        relay.toTarget.write(out);
    }

    /** As {@link #describe}, within the client's pipeline, which fails if it fails. */
    void describeInPipeline(String query, Consumer<@Nullable Shape> shape) {
        relay.session.own("Describe of what a COPY sends");
        ByteBuf out = relay.toTarget.channel().alloc().buffer();
        describe(out, query, shape, null);
        relay.toTarget.write(out);
    }

    /** Learns what the rows of a portal look like that was bound in an earlier pipeline: its name may mean another one. */
    void describePortal(String name, Work work) {
        relay.session.own("Describe of a portal");
        describeNamed(
                'P', name, new Describing(false, shape -> work.masker(relay.targetSide.masker(work, shape, null))));
    }

    /** Learns what the rows of a statement look like. */
    void describeStatement(String name, Statement statement) {
        relay.session.own("Describe of a statement");
        describeNamed('S', name, new Describing(true, statement::shape));
        statement.describing();
    }

    private void describeNamed(char what, String name, Describing describing) {
        ByteBuf out = relay.toTarget.channel().alloc().buffer();
        FrontendMessages.named(out, Frontend.DESCRIBE, what, name);
        relay.toTarget.write(out);
        relay.expectations.add(Expected.OWN_DESCRIBE, describing);
        relay.clientSide.messageForwarded();
    }

    private void describe(ByteBuf out, String query, Consumer<@Nullable Shape> shape, @Nullable Question question) {
        FrontendMessages.named(out, Frontend.CLOSE, 'S', NAME);
        FrontendMessages.parse(out, NAME, query.getBytes(relay.tracked.charset()));
        FrontendMessages.named(out, Frontend.DESCRIBE, 'S', NAME);
        FrontendMessages.named(out, Frontend.CLOSE, 'S', NAME);
        relay.expectations.add(Expected.OWN, question);
        relay.expectations.add(Expected.OWN, question);
        relay.expectations.add(Expected.OWN_DESCRIBE, new Describing(true, shape));
        relay.expectations.add(Expected.OWN, question);
    }

    /** Before each use too, since a question that failed may have left something. */
    private void closeOwn(ByteBuf out, Question question) {
        FrontendMessages.named(out, Frontend.CLOSE, 'P', NAME);
        FrontendMessages.named(out, Frontend.CLOSE, 'S', NAME);
        relay.expectations.add(Expected.OWN, question);
        relay.expectations.add(Expected.OWN, question);
    }

    private void learned(Question question, boolean names, boolean inTransaction, Runnable then) {
        if (question.isFailed()) {
            recover(names, inTransaction, then);
            return;
        }
        if (names) {
            Names snapshot = snapshot(question.answers());
            relay.tracked.names(snapshot);
            if (!inTransaction) {
                relay.newest.replace(snapshot);
            }
        }
        List<@Nullable String[]> rows =
                question.answers().get(question.answers().size() - 1);
        if (rows.size() == 1) {
            @Nullable String[] row = rows.get(0);
            relay.tracked.settings(path(row[0]), "on".equals(row[1]), row[2] == null ? "" : row[2]);
        }
        if (!inTransaction) {
            relay.tracked.idle();
        }
        then.run();
    }

    /** A transaction of our own that failed must not be left to the client. */
    private void recover(boolean names, boolean inTransaction, Runnable then) {
        if (!names || relay.targetSide.status() != 'E') {
            then.run();
            return;
        }
        List<String> undo = inTransaction
                ? List.of("ROLLBACK TO SAVEPOINT sallyport_own", "RELEASE SAVEPOINT sallyport_own")
                : List.of("ROLLBACK");
        send(new Question(undo, then));
    }

    private static List<String> path(@Nullable String joined) {
        List<String> path = new ArrayList<>();
        if (joined != null && !joined.isEmpty()) {
            int from = 0;
            int separator;
            while ((separator = joined.indexOf('\u0001', from)) >= 0) {
                path.add(joined.substring(from, separator));
                from = separator + 1;
            }
            path.add(joined.substring(from));
        }
        return path;
    }
}
