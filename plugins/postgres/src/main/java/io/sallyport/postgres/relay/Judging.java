package io.sallyport.postgres.relay;

import io.netty.buffer.ByteBuf;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Outcome;
import io.sallyport.netty.ProtocolException;
import io.sallyport.postgres.statement.CopySource;
import io.sallyport.postgres.statement.Effect;
import io.sallyport.postgres.statement.Reading;
import io.sallyport.postgres.statement.Surroundings;
import io.sallyport.postgres.wire.Frontend;
import io.sallyport.postgres.wire.Wire;
import java.nio.charset.Charset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages that ask for something: Query, Parse, Bind, FunctionCall. Each is read, submitted, and then forwarded or
 * replaced.
 */
final class Judging {

    private final Relay relay;
    private final ClientSide side;
    private final Waiting waiting;
    private final Candidate candidate = new Candidate();
    private final Parameters parameters = new Parameters();
    private final Waiting.Decision ofQuery = new OfQuery();
    private final Waiting.Decision ofParse = new OfParse();
    private final Waiting.Decision ofBind = new OfBind();
    private final Waiting.Decision ofCall = new OfCall();

    Judging(Relay relay, ClientSide side, Waiting waiting) {
        this.relay = relay;
        this.side = side;
        this.waiting = waiting;
    }

    void query(ByteBuf buffer, int start, int end) {
        if (!isFresh(Frontend.QUERY, buffer, start, end)) {
            return;
        }
        int from = start + Wire.HEADER;
        int zero = Wire.stringEnd(buffer, from, end);
        if (zero + 1 != end) {
            throw new ProtocolException("a Query with something behind its end");
        }
        Reading reading = read(Frontend.QUERY, buffer, from, zero);
        if (reading == null || isOutdated(reading, Frontend.QUERY, buffer, start, end)) {
            return;
        }
        candidate.query(reading);
        submit(SqlStatement.of(reading.analysis(), binding(reading)), Frontend.QUERY, ofQuery, buffer, start, end);
    }

    void parse(ByteBuf buffer, int start, int end) {
        if (!isFresh(Frontend.PARSE, buffer, start, end)) {
            return;
        }
        int from = start + Wire.HEADER;
        int nameEnd = Wire.stringEnd(buffer, from, end);
        int textEnd = Wire.stringEnd(buffer, nameEnd + 1, end);
        int count = Wire.count(buffer, textEnd + 1, end);
        Wire.need(textEnd + 3, 4L * count, end);
        int[] types = new int[count];
        for (int i = 0; i < count; i++) {
            types[i] = buffer.getInt(textEnd + 3 + 4 * i);
        }
        Reading reading = read(Frontend.PARSE, buffer, nameEnd + 1, textEnd);
        if (reading == null || isOutdated(reading, Frontend.PARSE, buffer, start, end)) {
            return;
        }
        candidate.parse(reading, Wire.name(buffer, from, nameEnd), types);
        Exchange exchange = relay.session.prepare(SqlStatement.of(reading.analysis(), binding(reading)));
        judged(exchange, Frontend.PARSE, ofParse, buffer, start, end);
    }

    void bind(ByteBuf buffer, int start, int end) {
        int from = start + Wire.HEADER;
        int portalEnd = Wire.stringEnd(buffer, from, end);
        int nameEnd = Wire.stringEnd(buffer, portalEnd + 1, end);
        NameTable.Slot<Statement> slot = relay.statements.find(Wire.name(buffer, portalEnd + 1, nameEnd));
        if (slot != null && !slot.certainIn(side.segment())) {
            waiting.forAnswers(Frontend.BIND, buffer, start, end);
            return;
        }
        Statement statement = slot == null ? null : slot.now();
        if (statement == null) {
            side.refuse(Refusal.of("26000", "no statement of this name was parsed here", relay.session.id()));
            return;
        }
        if (!isFresh(Frontend.BIND, buffer, start, end)) {
            return;
        }
        Surroundings now = relay.tracked.surroundings();
        if (!now.equals(statement.surroundings())) {
            String text = statement.reading().text();
            statement.readAgain(relay.caches.readings().read(text, now, relay.prepared), now);
        }
        parameters.read(buffer, nameEnd + 1, end, statement);
        candidate.bind(statement, Wire.name(buffer, from, portalEnd), parameters.resultFormats());
        submit(
                new SqlStatement(statement.reading().analysis(), parameters.values(), binding(statement.reading())),
                Frontend.BIND,
                ofBind,
                buffer,
                start,
                end);
    }

    private Map<String, String> binding(Reading reading) {
        return Binding.of(reading, relay.tracked.context(), relay.prepared);
    }

    void call(ByteBuf buffer, int start, int end) {
        if (!isFresh(Frontend.FUNCTION_CALL, buffer, start, end)) {
            return;
        }
        int function = Wire.number(buffer, start + Wire.HEADER, end);
        parameters.readCall(buffer, start + Wire.HEADER + 4, end);
        Reading reading = relay.reader.call(relay.tracked.names(), function);
        candidate.query(reading);
        submit(
                new SqlStatement(reading.analysis(), parameters.values(), binding(reading)),
                Frontend.FUNCTION_CALL,
                ofCall,
                buffer,
                start,
                end);
    }

    /**
     * Whether the meaning of texts is known. If not, the target is asked first and the message comes again; behind a
     * change that no Sync has closed it cannot be asked, and the message is refused.
     */
    private boolean isFresh(int type, ByteBuf buffer, int start, int end) {
        if (!relay.tracked.touched()) {
            relay.tracked.adopt(relay.newest);
        }
        if (!relay.tracked.isStale() || relay.targetSide.status() == 'E') {
            return true;
        }
        if (side.hasUnsynced()) {
            Refusal refusal = Refusal.of(
                    "42501",
                    "a statement that changes settings or schema must be followed by Sync before the next statement",
                    relay.session.id());
            side.refuse(type, refusal);
            return false;
        }
        if (!relay.expectations.isEmpty()) {
            waiting.forAnswers(type, buffer, start, end);
            return false;
        }
        waiting.untilTold(type, buffer, start, end);
        relay.asking.refresh(waiting::again);
        return false;
    }

    /**
     * Whether a newer catalog should be read first, since a name is not in this one or it is old. What was made behind the
     * gateway's back would be refused for ever otherwise.
     */
    private boolean isOutdated(Reading reading, int type, ByteBuf buffer, int start, int end) {
        boolean outdated = reading.namesUnknown()
                ? relay.newest.claimForUnknown(relay.tracked.namesAge())
                : relay.newest.claimIfOld();
        if (!outdated || side.hasUnsynced() || !relay.expectations.isEmpty() || relay.targetSide.status() == 'E') {
            return false;
        }
        relay.tracked.forgetNames();
        return !isFresh(type, buffer, start, end);
    }

    /** Reads a text; null if it was refused, since it, or what would follow it, cannot be judged as it is sent. */
    private @Nullable Reading read(int type, ByteBuf buffer, int from, int to) {
        Charset charset = relay.tracked.charset();
        String text = Wire.text(buffer, from, to, charset);
        if (!Wire.isWhole(text, buffer, from, to, charset)) {
            unread(type, "22021", "the statement has bytes that are not valid in its client_encoding, " + charset);
            return null;
        }
        Reading reading = relay.caches.readings().read(text, relay.tracked.surroundings(), relay.prepared);
        if (reading.may(Effect.UNREADABLE_ENCODING)) {
            unread(type, "0A000", "statements in this client_encoding cannot be read safely: use UTF8");
            return null;
        }
        return reading;
    }

    private void unread(int type, String code, String reason) {
        relay.session.note("refused before it was judged: " + reason);
        side.refuse(type, Refusal.of(code, reason, relay.session.id()));
    }

    private void submit(SqlStatement action, int type, Waiting.Decision decision, ByteBuf buffer, int start, int end) {
        judged(relay.session.submit(action), type, decision, buffer, start, end);
    }

    private void judged(Exchange exchange, int type, Waiting.Decision decision, ByteBuf buffer, int start, int end) {
        candidate.submitted(exchange);
        Verdict.Final verdict = exchange.decided();
        if (verdict == null) {
            waiting.forVerdict(type, exchange, decision, buffer, start, end);
        } else {
            decision.carryOut(verdict, buffer, start, end);
        }
    }

    private Refusal denied(Verdict.Deny deny) {
        return Refusal.denied(deny, relay.session.id(), candidate.exchange().number());
    }

    /** Whether an answer that must be masked is of a kind that can be. */
    private @Nullable Refusal unmaskable(Reading reading, @Nullable Masking masking) {
        boolean describable = reading.copy() != null;
        if (masking == null || !reading.may(Effect.COPY_OUT) || describable || relay.session.passUnmaskable()) {
            return null;
        }
        return Refusal.of("42501", "COPY TO STDOUT cannot be masked here: use SELECT", relay.session.id());
    }

    /** An action that was allowed and that we cannot carry out. */
    private void withheld(Refusal refusal, Waiting.Decision decision) {
        relay.after(
                candidate
                        .exchange()
                        .complete(new Outcome(Outcome.Status.FAILED, refusal.code(), -1, 0, refusal.message())),
                () -> decision.refuse(refusal));
    }

    private final class OfQuery implements Waiting.Decision {

        @Override
        public void carryOut(Verdict.Final verdict, ByteBuf buffer, int start, int end) {
            if (verdict instanceof Verdict.Deny deny) {
                refuse(denied(deny));
                return;
            }
            Masking masking = ((Verdict.Allow) verdict).masking();
            Reading reading = candidate.reading();
            Refusal refusal = unmaskable(reading, masking);
            if (refusal != null) {
                withheld(refusal, this);
                return;
            }
            relay.targetSide.asides().masksWith(masking);
            Work work = new Work(candidate.exchange(), reading, masking, null);
            CopySource source = reading.copy();
            if (masking == null || source == null) {
                send(work, buffer, start, end);
                return;
            }
            if (side.hasUnsynced()) {
                withheld(
                        Refusal.of("42501", "COPY that must be masked needs a Sync before it", relay.session.id()),
                        this);
                return;
            }
            waiting.untilAnswered(
                    Frontend.QUERY, (kept, from, to) -> described(work, kept, from, to), buffer, start, end);
            relay.asking.describe(source.query(), work::copyShape, waiting::proceed);
        }

        private void described(Work work, ByteBuf kept, int from, int to) {
            if (work.copyShape() == null) {
                withheld(
                        Refusal.of(
                                "42501",
                                "the columns of this COPY cannot be told, so that it cannot be masked",
                                relay.session.id()),
                        this);
            } else {
                send(work, kept, from, to);
            }
        }

        private void send(Work work, ByteBuf buffer, int start, int end) {
            Reading reading = work.reading();
            relay.prepared.sent(reading);
            side.forward(buffer, start, end);
            side.zapUnnamed();
            relay.expectations.add(Expected.QUERY, work);
            relay.tracked.sent(reading);
            side.queryForwarded(reading.may(Effect.COPY_IN));
        }

        @Override
        public void refuse(Refusal refusal) {
            side.refuseQuery(refusal);
        }
    }

    private final class OfParse implements Waiting.Decision {

        @Override
        public void carryOut(Verdict.Final verdict, ByteBuf buffer, int start, int end) {
            if (verdict instanceof Verdict.Deny deny) {
                refuse(denied(deny));
                return;
            }
            NameTable.Slot<Statement> slot = relay.statements.slot(candidate.name());
            Statement statement =
                    new Statement(slot, candidate.reading(), relay.tracked.surroundings(), candidate.types());
            slot.change(statement, side.segment());
            side.forward(buffer, start, end);
            relay.expectations.add(Expected.PARSE, statement);
            side.messageForwarded();
            if (((Verdict.Allow) verdict).masking() != null) {
                relay.asking.describeStatement(candidate.name(), statement);
            }
        }

        @Override
        public void refuse(Refusal refusal) {
            side.refuse(refusal);
        }
    }

    private final class OfBind implements Waiting.Decision {

        @Override
        public void carryOut(Verdict.Final verdict, ByteBuf buffer, int start, int end) {
            if (verdict instanceof Verdict.Deny deny) {
                refuse(denied(deny));
                return;
            }
            Masking masking = ((Verdict.Allow) verdict).masking();
            Statement statement = candidate.statement();
            Refusal refusal = unmaskable(candidate.reading(), masking);
            if (refusal != null) {
                withheld(refusal, this);
                return;
            }
            relay.targetSide.asides().masksWith(masking);
            if (masking != null && !statement.isDescribed()) {
                relay.asking.describeStatement(statement.slot().name(), statement);
            }
            Work work = new Work(candidate.exchange(), candidate.reading(), masking, statement);
            NameTable.Slot<Work> portal = relay.portals.slot(candidate.name());
            work.boundTo(portal, candidate.formats(), side.segment());
            CopySource source = candidate.reading().copy();
            if (masking != null && source != null) {
                relay.asking.describeInPipeline(source.query(), work::copyShape);
                side.messageForwarded();
            }
            portal.change(work, side.segment());
            side.forward(buffer, start, end);
            relay.expectations.add(Expected.BIND, work);
            side.messageForwarded();
        }

        @Override
        public void refuse(Refusal refusal) {
            side.refuse(refusal);
        }
    }

    private final class OfCall implements Waiting.Decision {

        @Override
        public void carryOut(Verdict.Final verdict, ByteBuf buffer, int start, int end) {
            if (verdict instanceof Verdict.Deny deny) {
                refuse(denied(deny));
                return;
            }
            Verdict.Allow allow = (Verdict.Allow) verdict;
            if (allow.masking() != null && !relay.session.passUnmaskable()) {
                withheld(
                        Refusal.of(
                                "42501",
                                "the result of a fast-path call cannot be masked: use SELECT",
                                relay.session.id()),
                        this);
                return;
            }
            relay.targetSide.asides().masksWith(allow.masking());
            side.forward(buffer, start, end);
            relay.expectations.add(
                    Expected.CALL, new Work(candidate.exchange(), candidate.reading(), allow.masking(), null));
            relay.tracked.sent(candidate.reading());
            side.queryForwarded(false);
        }

        @Override
        public void refuse(Refusal refusal) {
            side.refuseQuery(refusal);
        }
    }
}
