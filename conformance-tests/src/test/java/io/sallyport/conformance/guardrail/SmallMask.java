package io.sallyport.conformance.guardrail;

import static io.sallyport.conformance.guardrail.GuardrailFault.LEAVES_THE_VALUE;
import static io.sallyport.conformance.guardrail.GuardrailFault.LOOKS_AT_THE_WHOLE_ARRAY;
import static io.sallyport.conformance.guardrail.GuardrailFault.NULL_AND_BYTES;
import static io.sallyport.conformance.guardrail.GuardrailFault.SHARES_A_BUFFER;
import static io.sallyport.conformance.guardrail.GuardrailFault.THROWS_ON_ODD_BYTES;
import static io.sallyport.conformance.guardrail.GuardrailFault.WRITES_WHAT_IT_LEAVES;

import io.sallyport.api.guardrail.Mask;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Replaces whatever has an at sign by as many stars. */
final class SmallMask implements Mask {

    private final byte[] shared = new byte[1024];
    private final boolean forRequests;

    SmallMask(boolean forRequests) {
        this.forRequests = forRequests;
    }

    @Override
    public Strength strength() {
        return Strength.REDACT;
    }

    @Override
    public boolean apply(byte[] value, int offset, int length, Sink sink) {
        int seen = LOOKS_AT_THE_WHOLE_ARRAY.on() ? value.length : length;
        if (THROWS_ON_ODD_BYTES.on() && !forRequests) {
            new String(value, offset, length, StandardCharsets.UTF_8).chars().forEach(c -> {
                if (c == 0xFFFD) {
                    throw new IllegalArgumentException("not UTF-8");
                }
            });
        }
        boolean found = false;
        for (int i = 0; i < length; i++) {
            found |= value[offset + i] == '@';
        }
        if (!found) {
            if (WRITES_WHAT_IT_LEAVES.on()) {
                sink.write(value, offset, length);
            }
            return false;
        }
        byte[] stars = SHARES_A_BUFFER.on() ? shared : new byte[seen];
        if (SHARES_A_BUFFER.on()) {
            Arrays.fill(stars, (byte) '!');
            LockSupport.parkNanos(20_000);
        }
        Arrays.fill(stars, 0, Math.min(seen, stars.length), (byte) '*');
        if (SHARES_A_BUFFER.on()) {
            LockSupport.parkNanos(20_000);
        }
        if (LEAVES_THE_VALUE.on()) {
            sink.write(value, offset, length);
        } else {
            sink.write(stars, 0, seen);
        }
        if (NULL_AND_BYTES.on()) {
            sink.writeNull();
        }
        return true;
    }
}
