package io.sallyport.grant;

import io.sallyport.api.principal.Principal;
import io.sallyport.api.session.Admission;
import io.sallyport.api.session.SessionExecutor;
import io.sallyport.api.session.Sessions;
import io.sallyport.approval.access.AccessRequests;
import io.sallyport.approval.access.Standing;
import io.sallyport.session.Governor;
import io.sallyport.session.SessionPlaces;
import io.sallyport.session.SessionRoom;
import io.sallyport.session.SessionSpec;
import io.sallyport.target.Target;
import io.sallyport.target.TargetDoor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the grant for an authenticated request and passes it on to its target. Never blocks. */
public final class GrantDoor {

    private static final Logger log = LoggerFactory.getLogger(GrantDoor.class);

    private final Supplier<InForce> inForce;
    private final TargetDoor door;
    private final SessionRoom sessions;
    private final AccessRequests access;
    private final InstantSource clock;

    /** A door to the targets. */
    public GrantDoor(
            Supplier<InForce> inForce,
            TargetDoor door,
            SessionRoom sessions,
            AccessRequests access,
            InstantSource clock) {
        this.inForce = inForce;
        this.access = access;
        this.door = door;
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * A verified principal that asks for a target.
     *
     * @param connector the connector that it came through
     * @param principal who asks
     * @param tokenExpires when the evidence expires, null for never
     * @param admission what the connector brought
     * @param refused hears a refusal's reason for operators
     */
    public record Authenticated(
            String connector,
            Principal principal,
            @Nullable Instant tokenExpires,
            Admission admission,
            BiConsumer<Principal, String> refused) {}

    /** Whether new sessions may open now. */
    public boolean admitting() {
        return sessions.admitting();
    }

    /** Opens the session; the stage completes on the executor. */
    public CompletionStage<Sessions.Opening> open(
            Authenticated asking, SessionExecutor executor, Sessions.Listener listener) {
        Admission admission = asking.admission();
        InForce now = inForce.get();
        Target target = now.targets().get(admission.target());
        if (target == null || !target.connector().equals(asking.connector())) {
            return refuse(
                    asking, Sessions.Cause.FORBIDDEN, noAccess(admission), "no such target: " + admission.target());
        }
        Grants.Request request = Grants.Request.of(
                asking.principal(),
                target,
                admission.account(),
                admission.database(),
                admission.client().getAddress());
        Grants.Answer answer = now.grants().find(request, clock.instant(), access::standing, (grant, obstacle) -> {});
        if (answer instanceof Grants.Answer.Granted granted) {
            return open(asking, target, granted, executor, listener);
        }
        Grants.Answer.None none = (Grants.Answer.None) answer;
        Grant wanted = none.asking();
        return wanted == null
                ? refuse(asking, Sessions.Cause.FORBIDDEN, noAccess(admission), none.reason())
                : refuseUntilApproved(asking, wanted, none.reason());
    }

    /** Whom a grant names may know that it is there to be asked for. */
    private CompletionStage<Sessions.Opening> refuseUntilApproved(
            Authenticated asking, Grant grant, String forOperators) {
        if (!access.isFresh()) {
            return refuse(
                    asking,
                    Sessions.Cause.UNAVAILABLE,
                    "the gateway cannot know now whether access under grant " + grant.name()
                            + " is approved, since its store is away; try again later",
                    "grant " + grant.name() + ": the store is away, so that approved access is not known");
        }
        String reason = "access to target '" + asking.admission().target()
                + "' has to be asked for: sallyport access request --grant " + grant.name()
                + " --for TIME --reason TEXT";
        return refuse(asking, Sessions.Cause.FORBIDDEN, reason, forOperators);
    }

    /** One text for unknown and forbidden targets, accounts and databases alike. */
    private static String noAccess(Admission admission) {
        return "no access to target '" + admission.target()
                + "' as asked for; see which targets, accounts and databases" + " your grants name";
    }

    private CompletionStage<Sessions.Opening> open(
            Authenticated asking,
            Target target,
            Grants.Answer.Granted granted,
            SessionExecutor executor,
            Sessions.Listener listener) {
        Principal principal = asking.principal();
        Grant grant = granted.grant();
        Grant.SessionLimits limits = grant.limits();
        SessionPlaces.Place place = sessions.places().take(principal, grant.name(), limits.concurrent());
        if (place == null) {
            String reason = "grant " + grant.name() + " allows " + limits.concurrent() + " sessions at one time";
            return refuse(asking, Sessions.Cause.TOO_MANY, reason, reason);
        }
        TargetDoor.Granted request = new TargetDoor.Granted(
                principal,
                target,
                granted.account(),
                granted.database(),
                terms(granted, asking.tokenExpires(), place),
                asking.admission());
        Standing standing = granted.access();
        if (standing != null && standing.breakGlass()) {
            log.warn(
                    "BREAK GLASS: {} opens a session on target {} under grant {}, access {}",
                    principal.display(),
                    target.name(),
                    grant.name(),
                    standing.id());
        }
        return opened(place, () -> door.open(request, executor, listener));
    }

    /** A place stays taken only by a session that opened; that gives it back when it closes. */
    private static CompletionStage<Sessions.Opening> opened(
            SessionPlaces.Place place, Supplier<CompletionStage<Sessions.Opening>> door) {
        boolean under = false;
        try {
            CompletionStage<Sessions.Opening> opening = door.get().whenComplete((answer, failure) -> {
                if (!(answer instanceof Sessions.Opening.Opened)) {
                    place.giveBack();
                }
            });
            under = true;
            return opening;
        } finally {
            if (!under) {
                place.giveBack();
            }
        }
    }

    private SessionSpec.Terms terms(
            Grants.Answer.Granted granted, @Nullable Instant tokenExpires, SessionPlaces.Place place) {
        Grant grant = granted.grant();
        Grant.SessionLimits limits = grant.limits();
        Instant until = clock.instant().plus(limits.max());
        String rule = "its longest life of " + limits.max() + " is over";
        Instant granting = granted.until();
        if (granting != null && granting.isBefore(until)) {
            until = granting;
            rule = "grant " + grant.name() + " ends";
        }
        Standing standing = granted.access();
        if (standing != null && standing.ends().isBefore(until)) {
            until = standing.ends();
            rule = "the time of access " + standing.id() + " is over";
        }
        if (limits.endWithToken()
                && tokenExpires != null
                && tokenExpires.plus(limits.grace()).isBefore(until)) {
            until = tokenExpires.plus(limits.grace());
            rule = "its token has expired";
        }
        return new SessionSpec.Terms(
                granted.policy(),
                grant.recording(),
                grant.passUnmaskable(),
                until,
                rule,
                limits.idle(),
                place,
                standing,
                granted.account());
    }

    /**
     * What becomes of an open session under the grants in force now: it goes on if its own grant still covers it, and never
     * longer than it could before.
     */
    public Governor.Standing standing(SessionSpec spec) {
        InForce now = inForce.get();
        SessionSpec.Terms old = spec.terms();
        String name = old.policy().grant();
        Target target = now.targets().get(spec.target().name());
        if (target == null || !target.endpoint().address().equals(spec.target().address())) {
            return new Governor.Standing.Over(
                    "target " + spec.target().name() + " was changed in the gateway's configuration");
        }
        String own = target.endpoint().account();
        Grants.Request request = Grants.Request.of(
                spec.principal(),
                target,
                old.account().equals(own) ? null : old.account(),
                spec.target().database(),
                spec.client().getAddress());
        Grants.Answer answer = now.grants().standing(name, request, clock.instant(), approved(old));
        return answer instanceof Grants.Answer.Granted granted
                ? new Governor.Standing.Under(changed(spec, granted))
                : new Governor.Standing.Over("grant " + name + " was changed and no longer covers this session");
    }

    /** A session stands on the access on which it was opened, to that access's own end. */
    private Grants.Approved approved(SessionSpec.Terms terms) {
        Standing own = terms.access();
        return own == null ? access::standing : (grant, principal) -> own;
    }

    private static SessionSpec.Terms changed(SessionSpec spec, Grants.Answer.Granted granted) {
        SessionSpec.Terms old = spec.terms();
        Grant grant = granted.grant();
        Instant until = old.until();
        String rule = old.untilRule();
        Instant longest = spec.id().opened().plus(grant.limits().max());
        if (longest.isBefore(until)) {
            until = longest;
            rule = "its longest life of " + grant.limits().max() + " is over";
        }
        Instant granting = granted.until();
        if (granting != null && granting.isBefore(until)) {
            until = granting;
            rule = "grant " + grant.name() + " ends";
        }
        return new SessionSpec.Terms(
                granted.policy(),
                grant.recording(),
                grant.passUnmaskable(),
                until,
                rule,
                grant.limits().idle(),
                old.place(),
                old.access(),
                old.account());
    }

    private static CompletionStage<Sessions.Opening> refuse(
            Authenticated asking, Sessions.Cause cause, String reason, String forOperators) {
        asking.refused().accept(asking.principal(), forOperators);
        return CompletableFuture.completedFuture(new Sessions.Opening.Refused(cause, reason));
    }
}
