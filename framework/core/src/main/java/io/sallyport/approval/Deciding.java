package io.sallyport.approval;

import io.sallyport.api.principal.Principal;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One attempt of a person to decide, within one transaction. */
final class Deciding {

    private final Handle handle;
    private final Instant now;
    private final ApprovalRecord record;

    Deciding(Handle handle, Instant now, ApprovalRecord record) {
        this.handle = handle;
        this.now = now;
        this.record = record;
    }

    Answer decide(String id, Principal approver, boolean approve, String comment) {
        ApprovalView view = ApprovalTable.find(handle, id);
        if (view == null) {
            return new Answer.Unknown();
        }
        Vote vote = new Vote(approver.issuer(), approver.subject(), approver.display(), approve, comment, now);
        Answer answer = answer(view, approver, vote);
        // Before the commit: if the entry cannot be written, nothing of this takes effect.
        record.write(entry(view, approver, vote, answer));
        return answer;
    }

    private Answer answer(ApprovalView view, Principal approver, Vote vote) {
        String refusal = Eligibility.refusal(view, approver);
        if (refusal != null) {
            return new Answer.NotAllowed(refusal);
        }
        if (!ApprovalTable.lock(handle, view.id(), now)) {
            return new Answer.AlreadyDecided(standing(ApprovalTable.find(handle, view.id())));
        }
        ApprovalTable.VOTES.put(handle, view.id(), vote);
        if (!vote.approve()) {
            ApprovalTable.close(handle, view.id(), false, now);
            return new Answer.Rejected();
        }
        List<Vote> votes = ApprovalTable.votes(handle, view.id());
        int count = (int) votes.stream().filter(Vote::approve).count();
        int required = view.terms().approvers().required();
        if (count < required) {
            return new Answer.Recorded(count, required);
        }
        ApprovalTable.close(handle, view.id(), true, now);
        return new Answer.Approved();
    }

    /** An open request that could not be locked is past its time, whether or not its node has noticed. */
    private static ApprovalState standing(@Nullable ApprovalView view) {
        return view == null || view.state().open() ? ApprovalState.EXPIRED : view.state();
    }

    private static ApprovalRecord.Entry entry(ApprovalView view, Principal approver, Vote vote, Answer answer) {
        String outcome;
        String comment = vote.comment();
        if (answer instanceof Answer.NotAllowed refused) {
            outcome = "not-allowed";
            comment = refused.reason();
        } else if (answer instanceof Answer.AlreadyDecided late) {
            outcome = "already-decided";
            comment = late.state().word();
        } else if (answer instanceof Answer.Recorded) {
            outcome = "recorded";
        } else {
            outcome = vote.approve() ? "approved" : "rejected";
        }
        return new ApprovalRecord.Entry(
                vote.approve() ? "approve" : "reject",
                view.id(),
                view.session(),
                approver,
                outcome,
                comment,
                vote.time());
    }
}
