package io.sallyport.kubernetes.stream;

/**
 * Messages of the protocols {@code channel.k8s.io}, {@code v4.channel.k8s.io} and {@code v5.channel.k8s.io}: the first byte
 * names a channel, the rest is its data. With v5, channel 255 closes the channel that its data names.
 */
public final class ChannelMessages implements WebSocketTap.Messages {

    private static final int NONE = -1;
    private static final int CLOSES = 255;

    private final Channels channels;
    private int channel = NONE;

    /** Messages of a command's streams. */
    public ChannelMessages(Channels channels) {
        this.channels = channels;
    }

    @Override
    public void part(byte[] bytes, int length) {
        int offset = 0;
        if (channel == NONE) {
            channel = bytes[0] & 0xff;
            offset = 1;
        }
        if (length > offset && channel != CLOSES) {
            channels.data(channel, bytes, offset, length - offset);
        }
    }

    @Override
    public void end() {
        channel = NONE;
    }
}
