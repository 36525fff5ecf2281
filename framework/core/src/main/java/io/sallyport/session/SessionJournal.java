package io.sallyport.session;

import io.sallyport.api.action.Action;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.principal.Principal;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.JournalUnavailableException;
import io.sallyport.api.session.Outcome;
import io.sallyport.api.session.Session;
import io.sallyport.approval.access.Standing;
import io.sallyport.journal.lane.Lane;
import io.sallyport.journal.record.PayloadKey;
import io.sallyport.journal.record.PayloadWriter;
import io.sallyport.journal.record.RecordType;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one session's records into its executor's lane.
 *
 * <p>Every method throws {@link JournalUnavailableException} if the record cannot be written; nothing of it is then in the
 * journal.
 */
final class SessionJournal {

    private static final String ALLOW = "allow";
    private static final String DENY = "deny";
    private static final String HOLD = "hold";

    private final SessionId id;
    private final Lane lane;
    private final PayloadWriter payload;
    private ActionRecord actions;
    private long sequence;

    SessionJournal(SessionId id, RegisteredExecutor executor, ActionRecord actions) {
        this.id = id;
        this.lane = executor.lane();
        this.payload = executor.payload();
        this.actions = actions;
    }

    /** From now on actions are laid out so. */
    void lay(ActionRecord other) {
        actions = other;
    }

    long opened(SessionSpec spec) {
        payload.reset();
        principal(spec.principal());
        payload.text(PayloadKey.CONNECTOR, spec.connector())
                .text(PayloadKey.TARGET, spec.target().name())
                .text(PayloadKey.ACCOUNT, spec.target().account());
        String database = spec.target().database();
        if (database != null) {
            payload.text(PayloadKey.DATABASE, database);
        }
        payload.text(PayloadKey.GRANT, spec.terms().policy().grant())
                .text(
                        PayloadKey.CLIENT_ADDRESS,
                        spec.client().getAddress().getHostAddress() + ":"
                                + spec.client().getPort())
                .number(PayloadKey.EXPIRES_MICROS, spec.terms().until().toEpochMilli() * 1000)
                .text(PayloadKey.REASON, spec.terms().untilRule());
        Standing access = spec.terms().access();
        if (access != null) {
            payload.text(PayloadKey.ACCESS, access.id());
            if (access.breakGlass()) {
                payload.flag(PayloadKey.BREAK_GLASS, true);
            }
        }
        ActionRecord.map(payload, PayloadKey.SETTINGS, spec.details());
        return append(RecordType.SESSION_OPENED);
    }

    private void principal(Principal principal) {
        payload.map(PayloadKey.PRINCIPAL)
                .text(PayloadKey.ISSUER, principal.issuer())
                .text(PayloadKey.SUBJECT, principal.subject())
                .text(PayloadKey.NAME, principal.display());
        payload.list(PayloadKey.GROUPS);
        principal.groups().stream().sorted().forEach(group -> payload.text(PayloadKey.ITEM, group));
        payload.end();
        ActionRecord.map(payload, PayloadKey.CLAIMS, principal.claims());
        String human = principal.onBehalfOf();
        if (human != null) {
            payload.text(PayloadKey.ON_BEHALF_OF, human);
        }
        payload.end();
    }

    /** An action whose verdict is a later record. */
    long action(long number, Action action, VerdictMemo memo) {
        payload.reset().number(PayloadKey.ACTION, number);
        memo.fixedFields(payload, action);
        actions.varyingFields(payload, action);
        return append(RecordType.ACTION);
    }

    /** An action with its verdict. */
    long decided(GatewayExchange exchange, VerdictMemo memo, Verdict.Final verdict) {
        payload.reset().number(PayloadKey.ACTION, exchange.number());
        if (exchange.preparation()) {
            payload.text(PayloadKey.EVENT, "prepare");
        }
        memo.fixedFields(payload, exchange.action());
        actions.varyingFields(payload, exchange.action());
        verdict(verdict);
        return append(RecordType.ACTION_DECIDED);
    }

    /** The verdict on an earlier action. */
    long verdict(long number, Verdict.Final verdict) {
        payload.reset().number(PayloadKey.ACTION, number);
        verdict(verdict);
        return append(RecordType.VERDICT);
    }

    private void verdict(Verdict.Final verdict) {
        if (verdict instanceof Verdict.Deny deny) {
            payload.text(PayloadKey.VERDICT, DENY)
                    .text(PayloadKey.RULE, deny.rule())
                    .text(PayloadKey.REASON, deny.reason());
        } else {
            payload.text(PayloadKey.VERDICT, ALLOW);
            if (verdict instanceof Verdict.Allow allow && allow.masking() != null) {
                payload.flag(PayloadKey.MASKS, true);
            }
        }
    }

    long held(long number, String approval, Verdict.Hold hold, byte[] digest) {
        payload.reset()
                .number(PayloadKey.ACTION, number)
                .text(PayloadKey.VERDICT, HOLD)
                .text(PayloadKey.APPROVAL, approval)
                .text(PayloadKey.RULE, hold.rule())
                .text(PayloadKey.REASON, hold.reason())
                .bytes(PayloadKey.DIGEST, digest, 0, digest.length)
                .number(PayloadKey.REQUIRED, hold.approvers().required());
        return append(RecordType.HOLD);
    }

    long approval(long number, String approval, String decision, List<String> people, String comment) {
        payload.reset()
                .number(PayloadKey.ACTION, number)
                .text(PayloadKey.APPROVAL, approval)
                .text(PayloadKey.DECISION, decision)
                .text(PayloadKey.COMMENT, comment);
        payload.list(PayloadKey.APPROVERS);
        people.forEach(person -> payload.text(PayloadKey.ITEM, person));
        payload.end();
        return append(RecordType.APPROVAL);
    }

    long released(long number) {
        payload.reset().number(PayloadKey.ACTION, number).text(PayloadKey.VERDICT, ALLOW);
        return append(RecordType.RELEASED);
    }

    long outcome(long number, Outcome outcome, @Nullable DroppedBytes dropped) {
        payload.reset()
                .number(PayloadKey.ACTION, number)
                .text(PayloadKey.STATUS, word(outcome.status()))
                .text(PayloadKey.TAG, outcome.code());
        if (outcome.rows() >= 0) {
            payload.number(PayloadKey.ROWS, outcome.rows());
        }
        payload.number(PayloadKey.BYTES, outcome.bytes());
        String detail = outcome.detail();
        if (detail != null) {
            payload.text(PayloadKey.ERROR, detail);
        }
        if (dropped != null) {
            byte[] digest = dropped.digest();
            payload.number(PayloadKey.DROPPED_BYTES, dropped.count())
                    .bytes(PayloadKey.DROPPED_DIGEST, digest, 0, digest.length);
        }
        return append(RecordType.OUTCOME);
    }

    private static String word(Outcome.Status status) {
        return switch (status) {
            case SUCCEEDED -> "succeeded";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
            case UNKNOWN -> "unknown";
        };
    }

    void cancelled(long number, String reason) {
        payload.reset()
                .number(PayloadKey.ACTION, number)
                .text(PayloadKey.STATUS, "cancelled")
                .text(PayloadKey.REASON, reason);
        append(RecordType.OUTCOME);
    }

    void stream(long number, Exchange.Stream stream, byte[] bytes, int offset, int length) {
        payload.reset()
                .number(PayloadKey.ACTION, number)
                .text(PayloadKey.STREAM, stream.name().toLowerCase(Locale.ROOT))
                .bytes(PayloadKey.CONTENT, bytes, offset, length);
        append(RecordType.STREAM);
    }

    void own(String what) {
        payload.reset().text(PayloadKey.TEXT, what);
        append(RecordType.OWN);
    }

    void note(String what) {
        payload.reset().text(PayloadKey.EVENT, "note").text(PayloadKey.TEXT, what);
        append(RecordType.OWN);
    }

    void closed(Session.Closing closing) {
        payload.reset().text(PayloadKey.REASON, closing.cause()).text(PayloadKey.ERROR, closing.detail());
        append(RecordType.SESSION_CLOSED);
    }

    private long append(RecordType type) {
        try {
            return lane.append(type, id.high(), id.low(), ++sequence, payload);
        } catch (io.sallyport.journal.lane.JournalUnavailableException e) {
            sequence--;
            throw new JournalUnavailableException(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            sequence--;
            throw new JournalUnavailableException("the record is larger than the journal takes", e);
        }
    }

    /** Calls back when everything up to a position is durable, at once where it is. */
    void whenDurable(long position, Runnable durable, Consumer<Throwable> failed) {
        CompletionStage<Void> stage = lane.durable(position);
        stage.whenComplete((unused, failure) -> {
            if (failure == null) {
                durable.run();
            } else {
                failed.accept(failure);
            }
        });
    }

    CompletionStage<Void> durable(long position) {
        return lane.durable(position);
    }
}
