package io.sallyport.postgres.relay;

import io.netty.buffer.ByteBuf;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.postgres.mask.ReportMasker;
import io.sallyport.postgres.wire.Backend;
import io.sallyport.postgres.wire.Report;
import io.sallyport.postgres.wire.Wire;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the target says by the way: notices and notifications, which answer nothing and may come at any time. */
final class Asides {

    private final Relay relay;
    private @Nullable Masking masking;

    Asides(Relay relay) {
        this.relay = relay;
    }

    void masksWith(@Nullable Masking newest) {
        masking = newest;
    }

    @Nullable
    Masking masking() {
        return masking;
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
