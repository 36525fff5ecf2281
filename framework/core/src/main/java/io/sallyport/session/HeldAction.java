package io.sallyport.session;

import io.sallyport.api.action.Action;
import io.sallyport.api.action.Command;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.TargetAccess;
import io.sallyport.approval.ApprovalRequest;
import io.sallyport.approval.Binding;
import io.sallyport.approval.Decision;
import io.sallyport.approval.Presentation;
import io.sallyport.approval.Ticket;
import io.sallyport.approval.Vote;
import io.sallyport.decision.Judgement;
import io.sallyport.decision.Policy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An action that waits for people. Every hold must be met; the first that is not denies the action and withdraws the
 * others. Confined to the session's executor.
 */
final class HeldAction {

    private final GatewaySession session;
    private final SessionRoom room;
    private final GatewayExchange exchange;
    private final Judgement.Passed passed;
    private final Policy policy;
    private final List<Ticket> tickets = new ArrayList<>();
    private int open;
    private boolean over;

    HeldAction(GatewaySession session, SessionRoom room, GatewayExchange exchange, Judgement.Passed passed) {
        this.session = session;
        this.room = room;
        this.exchange = exchange;
        this.passed = passed;
        this.policy = session.policy();
    }

    void start() {
        exchange.waits(this);
        byte[] digest = ActionDigest.of(session.spec(), exchange.action());
        open = passed.holds().size();
        for (Verdict.Hold hold : passed.holds()) {
            Ticket ticket = room.approvals().request(request(hold, digest), session.executor());
            tickets.add(ticket);
            ticket.created().whenComplete((id, failure) -> {
                if (failure != null) {
                    refuse(hold, "approvals are unavailable, so this cannot be approved now; try again later");
                } else {
                    announce(id, hold, digest);
                }
            });
            ticket.decision().thenAccept(decision -> decided(ticket, hold, decision));
        }
    }

    private ApprovalRequest request(Verdict.Hold hold, byte[] digest) {
        SessionSpec spec = session.spec();
        TargetAccess target = spec.target();
        return new ApprovalRequest(
                session.id(),
                exchange.number(),
                spec.principal(),
                Binding.of(target.name(), target.account(), target.database(), digest),
                hold,
                presentation());
    }

    private Presentation presentation() {
        Action action = exchange.action();
        Redactor redactor = session.redactor();
        String text = new String(redactor.redact(action.analysis().utf8()), StandardCharsets.UTF_8);
        String title = session.principal().display() + " on " + session.target().name() + ": "
                + text.lines().findFirst().orElse("");
        List<String> values = new ArrayList<>();
        Map<String, String> context = Map.of();
        if (action instanceof SqlStatement sql) {
            sql.parameters().forEach(parameter -> values.add(shown(parameter, redactor)));
            context = sql.context();
        } else if (action instanceof Command command) {
            values.addAll(command.argv());
        }
        return new Presentation(title.length() > 200 ? title.substring(0, 200) : title, text, values, context);
    }

    private static String shown(SqlStatement.Parameter parameter, Redactor redactor) {
        byte[] value = parameter.value();
        if (value == null) {
            return "NULL";
        }
        if (parameter.sha256() != null) {
            return parameter.length() + " bytes, SHA-256 " + HexFormat.of().formatHex(parameter.sha256());
        }
        byte[] redacted = redactor.redact(value);
        return parameter.binary()
                ? "\\x" + HexFormat.of().formatHex(redacted)
                : new String(redacted, StandardCharsets.UTF_8);
    }

    private void announce(String approval, Verdict.Hold hold, byte[] digest) {
        if (!over) {
            session.guarded(exchange, () -> {
                session.journal().held(exchange.number(), approval, hold, digest);
                exchange.hold(new Exchange.Held(approval, room.approvalUrl(approval), hold.reason()));
            });
        }
    }

    private void decided(Ticket ticket, Verdict.Hold hold, Decision decision) {
        if (over) {
            return;
        }
        if (decision instanceof Decision.Approved approved) {
            session.guarded(exchange, () -> {
                List<String> people =
                        approved.by().stream().map(HeldAction::person).toList();
                String how = approved.carried() ? "carried" : "approved";
                session.journal().approval(exchange.number(), approved.approval(), how, people, "");
                if (--open == 0) {
                    met();
                }
            });
        } else if (decision instanceof Decision.Rejected rejected) {
            session.guarded(exchange, () -> session.journal()
                    .approval(
                            exchange.number(),
                            ticket.id(),
                            "rejected",
                            List.of(person(rejected.by())),
                            rejected.by().comment()));
            refuse(hold, "rejected by " + rejected.by().display() + comment(rejected.by()));
        } else if (decision instanceof Decision.Expired) {
            refuse(hold, "nobody approved this within " + hold.timeout() + "; ask again when an approver is there");
        } else if (decision instanceof Decision.Withdrawn withdrawn) {
            refuse(hold, withdrawn.reason());
        } else if (decision instanceof Decision.Unavailable unavailable) {
            refuse(hold, unavailable.reason());
        }
    }

    private static String person(Vote vote) {
        return vote.issuer() + ":" + vote.subject();
    }

    private static String comment(Vote vote) {
        return vote.comment().isEmpty() ? "" : ": " + vote.comment();
    }

    private void met() {
        over = true;
        if (session.isOutdated(policy)) {
            judgeAgain();
        } else {
            release(passed.masking());
        }
    }

    private void release(@Nullable Masking masking) {
        long position = session.journal().released(exchange.number());
        session.release(exchange, new Verdict.Allow(masking), position);
    }

    /** People approved what other rules held: the rules in force now have the last word. */
    private void judgeAgain() {
        Policy now = session.policy();
        session.judgement(exchange.action())
                .whenComplete((judgement, failure) -> session.executor().execute(() -> {
                    if (failure == null && session.isOutdated(now)) {
                        judgeAgain();
                    } else {
                        session.guarded(exchange, () -> carryOut(failure == null ? judgement : null));
                    }
                }));
    }

    private void carryOut(@Nullable Judgement judgement) {
        if (exchange.decided() != null) {
            return;
        }
        if (judgement instanceof Judgement.Passed again && passed.holds().containsAll(again.holds())) {
            release(again.masking());
        } else if (judgement instanceof Judgement.Denied denied) {
            session.decide(exchange, denied.verdict());
        } else {
            String reason = "the rules changed while this waited; ask again";
            session.decide(exchange, new Verdict.Deny(passed.holds().get(0).rule(), reason));
        }
    }

    private void refuse(Verdict.Hold hold, String reason) {
        if (!over) {
            withdraw(reason);
            session.decide(exchange, new Verdict.Deny(hold.rule(), reason));
        }
    }

    /** Nobody waits any longer. */
    void withdraw(String reason) {
        if (!over) {
            over = true;
            tickets.forEach(ticket -> ticket.withdraw(reason));
        }
    }
}
