package io.sallyport.kubernetes.request;

import io.sallyport.api.action.Action;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.ApiRequest;
import io.sallyport.api.action.Command;
import io.sallyport.kubernetes.naming.NamedRequest;
import io.sallyport.kubernetes.naming.NamedRequest.Form;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The actions of one request: the request itself and, where it runs a command, the command.
 *
 * @param named what it means
 * @param method as sent
 * @param path as forwarded
 * @param body the whole body, empty if there is none
 * @param upgrade the protocol that it wants to change to
 */
public record Actions(NamedRequest named, String method, String path, byte[] body, Upgrade upgrade) {

    /** What Kubernetes itself calls an operation that opens streams, whichever method carries it. */
    private static final String CONNECT = "CONNECT";

    public List<Action> list() {
        // A WebSocket upgrade is a GET and a SPDY upgrade a POST: one intent must be one action.
        String shown = upgrade == Upgrade.NONE ? method : CONNECT;
        Action request = new ApiRequest(named.analysis(), shown, path, body.length == 0 ? null : body);
        return named.form() == Form.EXEC || named.form() == Form.ATTACH
                ? List.of(request, command())
                : List.of(request);
    }

    private Action command() {
        List<String> argv = named.form() == Form.EXEC ? named.parameters("command") : List.of();
        String text = argv.isEmpty() ? "attach" : String.join(" ", argv);
        return new Command(Analysis.exact(text, List.of()), argv, named.flag("tty"));
    }

    /** What identical requests have in common. */
    public String key(@Nullable String contentType) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((method + " " + path + "\n" + contentType + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(body);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
