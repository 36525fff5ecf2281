package io.sallyport.postgres.relay;

import io.netty.buffer.ByteBuf;
import io.sallyport.api.action.Action;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.postgres.wire.BackendMessages;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Why a message is not forwarded, as the client reads it in the place of the target's error.
 *
 * @param code the SQLSTATE
 * @param message the text
 */
record Refusal(String code, String message) {

    /** The name under which a refused message's substitute is parsed; it never comes to exist. */
    static final String NAME = "sallyport_refusal";

    /** No server can parse this. */
    private static final byte[] UNPARSABLE = "sallyport refused this".getBytes(StandardCharsets.US_ASCII);

    /** A denied action. */
    static Refusal denied(Verdict.Deny deny, String session, long action) {
        return new Refusal(
                "42501",
                "sallyport: " + deny.reason() + " [" + deny.rule() + "] (session " + session + ", action " + action
                        + ")");
    }

    /** An action that the client itself has cancelled while it waited. */
    static Refusal cancelled(String session, long action) {
        return new Refusal(
                "57014",
                "sallyport: canceling statement due to user request (session " + session + ", action " + action + ")");
    }

    /** Something that never became an action. */
    static Refusal of(String code, String reason, String session) {
        return new Refusal(code, "sallyport: " + reason + " (session " + session + ")");
    }

    /** The text that stands for the refused message. */
    static byte[] unparsable() {
        return UNPARSABLE;
    }

    /** What the journal says of the substitute. */
    static String recorded(Action action) {
        return "an unparsable text in place of a refused " + action.kind();
    }

    ByteBuf error(Charset charset) {
        return BackendMessages.error("ERROR", code, message, charset);
    }
}
