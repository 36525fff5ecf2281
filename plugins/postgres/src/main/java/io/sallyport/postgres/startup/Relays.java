package io.sallyport.postgres.startup;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.Sessions;
import io.sallyport.netty.Leg;
import io.sallyport.netty.ReadGate;
import io.sallyport.postgres.target.TargetSession;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes over sessions that are logged in on both sides. */
public interface Relays {

    /**
     * Has the settings of a startup packet judged, on the session's loop, before the target sees any of them.
     *
     * @return completes on the loop
     */
    CompletionStage<Judged> judge(Session session, List<Setting> settings);

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
     * @param settings what became of the settings of the startup packet
     * @param cancelKeyLength how many bytes the secret of the client's cancel key has
     * @param timeout what closes the connection unless it is cancelled when the client is ready
     */
    record LoggedIn(
            Session session,
            Channel client,
            Leg clientLeg,
            ReadGate clientGate,
            TargetSession target,
            Charset charset,
            Judged settings,
            int cancelKeyLength,
            Future<?> timeout) {}

    /**
     * A setting of the startup packet.
     *
     * @param name its name in lower case
     * @param value its value
     */
    record Setting(String name, String value) {}

    /** What became of the settings of a startup packet. */
    interface Judged {

        /** The one that was denied, null if all are allowed. */
        @Nullable
        Setting denied();

        /** Why it was denied, as the client reads it. */
        String reason();

        /** The target has taken them; complete when that is in the journal. */
        CompletionStage<@Nullable Void> taken();

        /** The target has not seen them, or has refused them with this SQLSTATE. */
        void refused(String code);
    }
}
