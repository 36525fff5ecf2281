package io.sallyport.masking;

import io.sallyport.api.guardrail.Mask;
import io.sallyport.masking.detect.Detectors;
import io.sallyport.masking.detect.Findings;

/** Replaces what detectors find inside a value. In JSON a finding in a number becomes a string, so that the document stays valid. */
final class DetectorMask implements Mask {
    private static final byte[] QUOTE = {'"'};

    private final Detectors detectors;
    private final Replacement replacement;
    private final Strength strength;
    private final boolean json;

    DetectorMask(Detectors detectors, Replacement replacement, Strength strength, boolean json) {
        this.detectors = detectors;
        this.replacement = replacement;
        this.strength = strength;
        this.json = json;
    }

    @Override
    public Strength strength() {
        return strength;
    }

    @Override
    public boolean apply(byte[] value, int offset, int length, Sink sink) {
        if (!detectors.mayFind(value, offset, length)) {
            return false;
        }
        Findings findings = json ? detectors.scanJson(value, offset, length) : detectors.scan(value, offset, length);
        if (!findings.next()) {
            return false;
        }
        if (strength == Strength.NULL) {
            sink.writeNull();
        } else {
            rewrite(findings, value, offset, offset + length, sink);
        }
        return true;
    }

    private void rewrite(Findings findings, byte[] value, int offset, int end, Sink sink) {
        JsonStrings strings = new JsonStrings(value, offset);
        int copied = offset;
        do {
            if (findings.start() < copied) {
                continue;
            }
            boolean bare = json && !strings.inside(findings.start());
            int start = bare ? JsonStrings.numberStart(value, findings.start(), copied) : findings.start();
            sink.write(value, copied, start - copied);
            if (bare) {
                sink.write(QUOTE, 0, 1);
            }
            replacement.write(findings.detector(), value, findings.start(), findings.end(), sink);
            copied = findings.end();
            if (bare) {
                sink.write(QUOTE, 0, 1);
                copied = JsonStrings.numberEnd(value, copied, end);
            }
        } while (findings.next());
        sink.write(value, copied, end - copied);
    }
}
