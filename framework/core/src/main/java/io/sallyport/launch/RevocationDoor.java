package io.sallyport.launch;

import io.sallyport.api.session.Admission;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.SessionExecutor;
import io.sallyport.api.session.Sessions;
import io.sallyport.approval.revocation.Revocation;
import java.util.concurrent.CompletionStage;

/** Lets through what the doors behind it open, unless it was revoked: a session, its grant, or its principal. */
final class RevocationDoor implements Sessions {

    private final String connector;
    private final Sessions doors;
    private final Admittance admittance;

    RevocationDoor(String connector, Sessions doors, Admittance admittance) {
        this.connector = connector;
        this.doors = doors;
        this.admittance = admittance;
    }

    @Override
    public CompletionStage<Opening> open(Admission admission, SessionExecutor executor, Listener listener) {
        return doors.open(admission, executor, listener)
                .thenApply(opening -> opening instanceof Opening.Opened opened
                        ? unlessRevoked(opened.session(), admission, opened)
                        : opening);
    }

    private Opening unlessRevoked(Session session, Admission admission, Opening.Opened opened) {
        Revocation revocation = admittance.revocation(session);
        if (revocation == null) {
            return opened;
        }
        session.close(new Session.Closing("revoked", revocation.reason()));
        admittance.write(connector, admission, session.principal(), "revoked by " + revocation.by());
        return new Opening.Refused(Cause.FORBIDDEN, "access was revoked: " + revocation.reason());
    }
}
