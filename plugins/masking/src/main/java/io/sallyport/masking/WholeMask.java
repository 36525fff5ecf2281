package io.sallyport.masking;

import io.sallyport.api.guardrail.Mask;

/** Masks a whole text, or a whole JSON document, which then is one JSON string. */
final class WholeMask implements Mask {
    private static final byte[] QUOTE = {'"'};

    private final Strength strength;
    private final KeyedHash hash;
    private final boolean json;

    WholeMask(Strength strength, KeyedHash hash, boolean json) {
        // A document has no last characters that could stay without telling its structure.
        this.strength = json && strength == Strength.PARTIAL ? Strength.REDACT : strength;
        this.hash = hash;
        this.json = json;
    }

    @Override
    public Strength strength() {
        return strength;
    }

    @Override
    public boolean apply(byte[] value, int offset, int length, Sink sink) {
        if (json) {
            sink.write(QUOTE, 0, 1);
        }
        switch (strength) {
            case PARTIAL -> Stars.text(value, offset, offset + length, sink);
            case HASH -> hash.write(value, offset, length, sink);
            case REDACT, NULL -> Replacement.redacted(sink);
        }
        if (json) {
            sink.write(QUOTE, 0, 1);
        }
        return true;
    }
}
