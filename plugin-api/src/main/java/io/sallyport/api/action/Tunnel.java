package io.sallyport.api.action;

/**
 * A raw connection through the target.
 *
 * @param analysis what was read from the request
 * @param host the host as the client named it
 * @param port the port
 */
public record Tunnel(Analysis analysis, String host, int port) implements Action {

    @Override
    public ActionKind kind() {
        return ActionKind.TUNNEL;
    }
}
