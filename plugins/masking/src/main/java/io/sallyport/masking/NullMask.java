package io.sallyport.masking;

import io.sallyport.api.guardrail.Mask;

/** Leaves nothing of a value. */
final class NullMask implements Mask {

    @Override
    public Strength strength() {
        return Strength.NULL;
    }

    @Override
    public boolean apply(byte[] value, int offset, int length, Sink sink) {
        sink.writeNull();
        return true;
    }
}
