package io.sallyport.kubernetes.stream;

import io.sallyport.kubernetes.masking.AnswerMask;
import java.io.ByteArrayOutputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Masks what a command writes, each of its two streams by itself. Confined to one thread. */
public final class StreamMasks {

    private final Supplier<AnswerMask> made;
    private final boolean terminal;
    private final AnswerMask[] masks;
    private final boolean[] ended = new boolean[2];

    /**
     * With a mask of its own for each stream.
     *
     * @param terminal whether a person types at the other end, and wants to see each character
     */
    public StreamMasks(Supplier<AnswerMask> made, boolean terminal) {
        this.made = made;
        this.terminal = terminal;
        this.masks = new AnswerMask[] {made.get(), made.get()};
    }

    /** Whether bytes of a channel are masked. */
    boolean masks(int channel) {
        return channel == Channels.STDOUT || channel == Channels.STDERR;
    }

    /** The bytes that may leave now. */
    byte[] mask(int channel, byte[] bytes, int offset, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 16);
        masks[channel - Channels.STDOUT].feed(bytes, offset, length, out::write);
        return out.toByteArray();
    }

    /**
     * Nothing came for a moment, so that somebody may be waiting for a prompt: the bytes that may leave, at a terminal all
     * of them, masked as if nothing followed; null if there are none.
     */
    byte @Nullable [] idle(int channel) {
        int index = channel - Channels.STDOUT;
        if (ended[index]) {
            return null;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (terminal) {
            masks[index].end(out::write);
            masks[index] = made.get();
        } else {
            masks[index].idle(out::write);
        }
        return out.size() == 0 ? null : out.toByteArray();
    }

    /** The stream is over: the bytes that were held back, null if there are none. */
    byte @Nullable [] end(int channel) {
        int index = channel - Channels.STDOUT;
        if (ended[index]) {
            return null;
        }
        ended[index] = true;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        masks[index].end(out::write);
        return out.size() == 0 ? null : out.toByteArray();
    }
}
