package io.sallyport.postgres.startup;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.Sessions;
import io.sallyport.netty.Leg;
import io.sallyport.netty.ReadGate;
import java.nio.charset.Charset;

/** Takes over sessions that are logged in on both sides. */
public interface Relays {

    /**
     * Takes over, on the session's loop. The client has been told that it is authenticated and nothing more; its reader is
     * paused, and so is the target's.
     *
     * @return hears what the core wants of the session from now on
     */
    Sessions.Listener start(LoggedIn loggedIn);

    /**
     * A session that is logged in on both sides.
     *
     * @param session the session
     * @param client the client's channel
     * @param clientLeg its handler
     * @param clientGate its gate
     * @param target the connection to the target
     * @param charset the charset of the client's texts
     * @param timeout what closes the connection unless it is cancelled when the client is ready
     */
    record LoggedIn(
            Session session,
            Channel client,
            Leg clientLeg,
            ReadGate clientGate,
            TargetSession target,
            Charset charset,
            Future<?> timeout) {}
}
