package io.sallyport.approval.access;

import io.sallyport.api.guardrail.Approvers;
import io.sallyport.api.principal.Principal;
import io.sallyport.approval.Eligibility;
import io.sallyport.approval.Vote;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One attempt of a person to decide or end access, within one transaction. */
final class AccessDeciding {

    private final Handle handle;
    private final Instant now;
    private final AccessRecord record;

    AccessDeciding(Handle handle, Instant now, AccessRecord record) {
        this.handle = handle;
        this.now = now;
        this.record = record;
    }

    AccessAnswer decide(String id, Principal approver, boolean approve, String comment) {
        AccessView view = AccessTable.find(handle, id);
        if (view == null) {
            return new AccessAnswer.Unknown();
        }
        Vote vote = new Vote(approver.issuer(), approver.subject(), approver.display(), approve, comment, now);
        // Before the commit: if the entry cannot be written, nothing of this takes effect.
        return recorded(approve ? "approve" : "reject", view, approver, answer(view, approver, vote), comment);
    }

    private AccessAnswer answer(AccessView view, Principal approver, Vote vote) {
        Approvers approvers = view.terms().approvers();
        if (approvers == null || view.terms().breakGlass()) {
            return new AccessAnswer.TooLate(standing(view));
        }
        String refusal = Eligibility.refusal(view.requester(), approvers, approver);
        if (refusal != null) {
            return new AccessAnswer.NotAllowed(refusal);
        }
        if (!AccessTable.lock(handle, view.id(), now)) {
            return new AccessAnswer.TooLate(standing(AccessTable.find(handle, view.id())));
        }
        AccessTable.VOTES.put(handle, view.id(), vote);
        if (!vote.approve()) {
            AccessTable.reject(handle, view.id(), now);
            return done(view.id());
        }
        List<Vote> votes = found(view.id()).votes();
        int count = (int) votes.stream().filter(Vote::approve).count();
        if (count < approvers.required()) {
            return new AccessAnswer.Recorded(count, approvers.required());
        }
        AccessTable.approve(handle, view.id(), now);
        return done(view.id());
    }

    /** Ends what waits or is in force. */
    AccessAnswer revoke(String id, Principal by, boolean administrator, String reason) {
        AccessView view = AccessTable.find(handle, id);
        if (view == null) {
            return new AccessAnswer.Unknown();
        }
        Approvers approvers = view.terms().approvers();
        boolean allowed =
                administrator || view.requester().same(by) || (approvers != null && Eligibility.named(approvers, by));
        AccessAnswer answer;
        if (!allowed) {
            answer = new AccessAnswer.NotAllowed("the requester, those who decide it, and administrators end access");
        } else if (AccessTable.revoke(handle, id, new AccessView.End(now, by.display(), reason))) {
            answer = done(id);
        } else {
            answer = new AccessAnswer.TooLate(standing(view));
        }
        return recorded("revoke", view, by, answer, reason);
    }

    private AccessAnswer done(String id) {
        return new AccessAnswer.Done(found(id));
    }

    private AccessView found(String id) {
        return Objects.requireNonNull(AccessTable.find(handle, id), "a row that this transaction holds");
    }

    /** A state that time has brought about counts, whether or not anybody has noticed. */
    private AccessState standing(@Nullable AccessView view) {
        if (view == null) {
            return AccessState.EXPIRED;
        }
        Instant ends = view.times().ends();
        if (view.state() == AccessState.APPROVED && ends != null && !now.isBefore(ends)) {
            return AccessState.ENDED;
        }
        return view.state() == AccessState.PENDING ? AccessState.EXPIRED : view.state();
    }

    private AccessAnswer recorded(String act, AccessView before, Principal actor, AccessAnswer answer, String comment) {
        AccessView shown = before;
        String outcome;
        String words = comment;
        if (answer instanceof AccessAnswer.Done done) {
            shown = done.access();
            outcome = shown.state().word();
        } else if (answer instanceof AccessAnswer.NotAllowed refused) {
            outcome = "not-allowed";
            words = refused.reason();
        } else if (answer instanceof AccessAnswer.TooLate late) {
            outcome = "too-late";
            words = late.state().word();
        } else {
            outcome = "recorded";
        }
        record.write(new AccessRecord.Entry(act, shown, actor, outcome, words));
        return answer;
    }
}
