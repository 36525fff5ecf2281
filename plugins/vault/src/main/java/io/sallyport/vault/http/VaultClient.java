package io.sallyport.vault.http;

import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.Logical;
import io.github.jopenlibs.vault.response.LogicalResponse;
import io.sallyport.api.config.Secret;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Calls Vault.
 *
 * <ol>
 *   <li>A call is made again, until its deadline, only where Vault cannot have acted on the first: no connection, or an
 *       answer that says so (412, 429, 502, 504).
 *   <li>A failure's message has the path, the status and advice; never what Vault said, nor the driver's exception.
 *   <li>Redirects are not followed.
 * </ol>
 *
 * <p>Blocks; safe for use by several threads.
 */
public final class VaultClient {

    private static final int LONGEST_SECONDS = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final String address;
    private final @Nullable String namespace;
    private final @Nullable Path authorities;
    private @Nullable HttpClient client;

    /** A client of the Vault at this address; connects when it is used. */
    public VaultClient(URI address, @Nullable String namespace, @Nullable Path authorities) {
        this.address = address.toString();
        this.namespace = namespace;
        this.authorities = authorities;
    }

    /** Reads. */
    public Reply get(String path, Secret token, Instant deadline) throws VaultFailure {
        return call("GET", path, token, deadline, logical -> logical.read(path));
    }

    /** Writes; without a token for logins. */
    public Reply post(String path, @Nullable Secret token, Map<String, Object> body, Instant deadline)
            throws VaultFailure {
        return call("POST", path, token, deadline, logical -> logical.write(path, body));
    }

    /** One request by the driver. */
    private interface Call {
        LogicalResponse send(Logical logical) throws VaultException;
    }

    private Reply call(String method, String path, @Nullable Secret token, Instant deadline, Call call)
            throws VaultFailure {
        Duration pause = FIRST_PAUSE;
        while (true) {
            Attempt attempt = attempt(token, deadline, call);
            LogicalResponse answer = attempt.answer();
            if (answer != null && attempt.status() < 300) {
                return Reply.of(answer.getRestResponse().getBody());
            }
            boolean last = !attempt.again() || Instant.now().plus(pause).isAfter(deadline);
            if (last || !slept(pause)) {
                String status = attempt.status() == 0 ? "" : " (" + attempt.status() + ")";
                throw new VaultFailure(
                        "vault " + address + ": " + method + " " + path + ": " + attempt.advice() + status,
                        attempt.status());
            }
            pause = pause.multipliedBy(2);
        }
    }

    /** How one attempt went; without an answer {@code advice} says why. */
    private record Attempt(int status, @Nullable LogicalResponse answer, String advice, boolean again) {}

    private Attempt attempt(@Nullable Secret token, Instant deadline, Call call) throws VaultFailure {
        try {
            LogicalResponse answer = call.send(logical(token, deadline));
            int status = answer.getRestResponse().getStatus();
            return new Attempt(status, answer, VaultFailure.advice(status), status == 429);
        } catch (VaultException e) {
            int status = e.getHttpStatusCode();
            if (status != 0) {
                boolean again = status == 412 || status == 502 || status == 504;
                return new Attempt(status, null, VaultFailure.advice(status), again);
            }
            return unanswered(e);
        } catch (RuntimeException e) {
            return unanswered(e);
        }
    }

    /** Only the kinds of the causes are looked at: their texts may have anything of the request and the answer. */
    private static Attempt unanswered(Exception failure) {
        String advice = "it does not answer as it should: " + kind(failure);
        boolean again = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
                advice = "it cannot be reached; check 'address', and that it runs";
                again = true;
            } else if (cause instanceof HttpTimeoutException) {
                advice = "it does not answer in time; look at its load and its storage";
            } else if (cause instanceof SSLException) {
                advice = "no TLS connection is made; check 'ca' and the name in Vault's certificate";
                again = false;
                break;
            }
        }
        return new Attempt(0, null, advice, again);
    }

    private static String kind(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            innermost = cause;
        }
        return innermost.getClass().getSimpleName();
    }

    private Logical logical(@Nullable Secret token, Instant deadline) throws VaultException, VaultFailure {
        long left = Duration.between(Instant.now(), deadline).toSeconds();
        VaultConfig configuration =
                Transport.configuration(address, client(), (int) Math.max(1, Math.min(LONGEST_SECONDS, left)));
        if (namespace != null) {
            configuration.nameSpace(namespace);
        }
        if (token != null) {
            configuration.token(token.reveal());
        }
        return new Logical(configuration.build());
    }

    private synchronized HttpClient client() throws VaultFailure {
        HttpClient present = client;
        if (present == null) {
            present = Transport.client(authorities);
            client = present;
        }
        return present;
    }

    private static boolean slept(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
