package io.sallyport.kubernetes.relay;

/** Refusals of what never became a call. */
public final class Refusals {

    private Refusals() {}

    /** The bytes had no reading, or more than one. */
    public static void malformed(ClientSide client, String reason) {
        Status.of(400, "the request is malformed: " + reason).answer(client, false);
    }
}
