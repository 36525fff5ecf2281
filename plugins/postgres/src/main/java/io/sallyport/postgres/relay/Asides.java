package io.sallyport.postgres.relay;

import io.netty.buffer.ByteBuf;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.netty.ProtocolException;
import io.sallyport.postgres.mask.ReportMasker;
import io.sallyport.postgres.wire.Backend;
import io.sallyport.postgres.wire.Encodings;
import io.sallyport.postgres.wire.Report;
import io.sallyport.postgres.wire.Wire;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the target says by the way: notices, notifications and settings, which answer nothing and may come at any time. */
final class Asides {

    private final Relay relay;
    private @Nullable Masking masking;

    Asides(Relay relay) {
        this.relay = relay;
    }

    /** The masking of the newest allowed action, for messages that belong to none. */
    void masksWith(@Nullable Masking newest) {
        masking = newest;
    }

    @Nullable
    Masking masking() {
        return masking;
    }

    /** A ParameterStatus. */
    void parameter(ByteBuf buffer, int start, int end) {
        int from = start + Wire.HEADER;
        int nameEnd = Wire.stringEnd(buffer, from, end);
        int valueEnd = Wire.stringEnd(buffer, nameEnd + 1, end);
        followParameter(
                Wire.text(buffer, from, nameEnd, StandardCharsets.UTF_8),
                Wire.text(buffer, nameEnd + 1, valueEnd, StandardCharsets.UTF_8));
        relay.targetSide.aside(buffer, start, end);
    }

    /** Follows what the target reports of its settings. */
    void followParameter(String name, String value) {
        if (name.equals("client_encoding")) {
            Charset charset = Encodings.charset(value);
            if (charset == null) {
                throw new ProtocolException("statements in client_encoding " + value + " cannot be read safely");
            }
            relay.tracked.charset(charset);
        } else if (name.equals("standard_conforming_strings")) {
            relay.tracked.standardStrings(value.equals("on"));
        }
    }

    void notice(ByteBuf buffer, int start, int end) {
        Masking present = masking;
        ByteBuf masked = present == null
                ? null
                : ReportMasker.report(
                        Report.read(buffer, start, end),
                        Backend.NOTICE,
                        present,
                        relay.toClient.channel().alloc());
        if (masked == null) {
            relay.targetSide.aside(buffer, start, end);
        } else {
            relay.targetSide.aside(masked);
        }
    }

    void notification(ByteBuf buffer, int start, int end) {
        int from = start + Wire.HEADER;
        Wire.need(from, 4, end);
        int channelEnd = Wire.stringEnd(buffer, from + 4, end);
        int payloadEnd = Wire.stringEnd(buffer, channelEnd + 1, end);
        byte[] payload = Wire.bytes(buffer, channelEnd + 1, payloadEnd);
        Mask mask = masking == null ? null : masking.textMask();
        byte[] masked = mask == null ? null : ReportMasker.masked(payload, mask);
        relay.session.note("notification on "
                + Wire.text(buffer, from + 4, channelEnd, StandardCharsets.UTF_8) + ": "
                + new String(masked == null ? payload : masked, StandardCharsets.UTF_8));
        if (masked == null) {
            relay.targetSide.aside(buffer, start, end);
            return;
        }
        ByteBuf out = relay.toClient.channel().alloc().buffer();
        out.writeBytes(buffer, start, channelEnd + 1 - start).writeBytes(masked).writeByte(0);
        relay.targetSide.aside(out.setInt(1, out.writerIndex() - 1));
    }
}
