package io.sallyport.grant;

import io.sallyport.api.Recording;
import io.sallyport.api.guardrail.Approvers;
import io.sallyport.approval.access.AccessTerms;
import io.sallyport.decision.Policy;
import io.sallyport.decision.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A grant on the target {@code app} for everyone in the group {@code dev} of the issuer {@code demo}, unless told otherwise. */
final class SampleGrant {

    private final String name;
    private Who who = new Who("demo", Set.of(), Set.of("dev"), Map.of());
    private Grant.SessionLimits limits =
            new Grant.SessionLimits(Duration.ofHours(8), null, Integer.MAX_VALUE, true, Duration.ofMinutes(1));
    private @Nullable Window window;
    private List<Network> networks = List.of();
    private @Nullable Instant expires;
    private @Nullable AccessTerms access;

    private SampleGrant(String name) {
        this.name = name;
    }

    static SampleGrant named(String name) {
        return new SampleGrant(name);
    }

    SampleGrant to(Who whom) {
        who = whom;
        return this;
    }

    SampleGrant concurrent(int most) {
        limits = new Grant.SessionLimits(limits.max(), limits.idle(), most, limits.endWithToken(), limits.grace());
        return this;
    }

    SampleGrant lasting(Duration max, @Nullable Duration idle) {
        limits = new Grant.SessionLimits(max, idle, limits.concurrent(), limits.endWithToken(), limits.grace());
        return this;
    }

    SampleGrant token(boolean ends, Duration grace) {
        limits = new Grant.SessionLimits(limits.max(), limits.idle(), limits.concurrent(), ends, grace);
        return this;
    }

    SampleGrant during(Window hours) {
        window = hours;
        return this;
    }

    SampleGrant from(String... ranges) {
        networks = List.of(ranges).stream().map(Network::parse).toList();
        return this;
    }

    SampleGrant until(Instant end) {
        expires = end;
        return this;
    }

    SampleGrant on(AccessTerms terms) {
        access = terms;
        return this;
    }

    /** Access that so many dbas of the issuer {@code demo} approve, for two hours at most. */
    static AccessTerms approvedBy(int required) {
        return new AccessTerms(
                false,
                new Approvers("demo", Set.of("dba"), required),
                Duration.ofHours(2),
                Duration.ofHours(8),
                false,
                List.of("target app", "select on public.**"));
    }

    /** Access that nobody has to approve, with a ticket, for an hour at most. */
    static AccessTerms breakGlass() {
        return new AccessTerms(
                true,
                new Approvers("demo", Set.of("dba"), 1),
                Duration.ofHours(1),
                Duration.ofHours(8),
                true,
                List.of("target app"));
    }

    Grant grant() {
        Policy policy = new Policy(name, new Scope(List.of()), false, List.of(), false);
        return new Grant(
                name,
                who,
                Map.of("app", policy),
                Set.of("reports"),
                Set.of("batch"),
                new Recording(Recording.Level.FULL, Recording.Level.NONE, 0),
                false,
                limits,
                new Grant.Conditions(window, networks, expires, access));
    }
}
