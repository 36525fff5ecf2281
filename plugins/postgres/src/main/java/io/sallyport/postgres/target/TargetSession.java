package io.sallyport.postgres.target;

import io.netty.channel.Channel;
import io.sallyport.netty.Connecting.Connected;
import io.sallyport.netty.Leg;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An authenticated connection to a target, idle, its reader paused.
 *
 * @param connected the connection
 * @param leg its handler
 * @param parameters what the target reported, in order
 * @param process the target's process number, for cancelling
 * @param cancelKey the target's cancel key, null if it has none
 */
public record TargetSession(
        Connected connected, Leg leg, Map<String, String> parameters, int process, byte @Nullable [] cancelKey) {

    /** The channel. */
    public Channel channel() {
        return connected.channel();
    }
}
