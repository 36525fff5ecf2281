package io.sallyport.sink.webhook;

import io.sallyport.api.config.ByteSize;
import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import io.sallyport.api.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where events are posted.
 *
 * @param url the address
 * @param secret signs what is posted
 * @param authorization the value of the header of that name; no header if null
 * @param ca whose certificates are trusted; the JDK's authorities if null
 * @param maxBody how long a body becomes
 * @param timeout how long one request may take
 */
@Description("Posts events as JSON, signed as Standard Webhooks are.")
public record WebhookSinkConfig(
        @Description("The address; `https`, but for a loopback address.")
        URI url,

        @Description(
                "The secret that signs: as it is, or in Base64 behind `whsec_`. Its reference is read for every request.")
        Supplier<Secret> secret,

        @Description("The value of the header `Authorization`, where the receiver wants one.") @Nullable
        Supplier<Secret> authorization,

        @Description("The certificates of the authorities that are trusted, a PEM file; the JDK's without it.")
        @Nullable
        Path ca,

        @Description("The longest body; only a single event that is longer makes a longer one.") @Default("1MiB")
        ByteSize maxBody,

        @Description("How long one request may take.") @Default("10s")
        Duration timeout) {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    /** Checks the address. */
    public WebhookSinkConfig {
        String scheme = String.valueOf(url.getScheme());
        String host = String.valueOf(url.getHost());
        if (!scheme.equals("https") && !(scheme.equals("http") && LOOPBACK.contains(host))) {
            throw new IllegalArgumentException("url begins with https://; http is for loopback addresses only");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("url has neither a user nor a fragment; use authorization");
        }
        if (maxBody.bytes() < 1024) {
            throw new IllegalArgumentException("max-body is 1KiB at least");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout is more than nothing");
        }
    }
}
