package io.sallyport.ssh;

import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import io.sallyport.api.config.HostPort;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one SSH connector.
 *
 * @param listen where clients connect
 * @param hostKey the key by which clients know the gateway; made if the file is absent
 * @param caKey the key that signs user certificates; null if none are accepted
 * @param certificateLife how long a signed certificate is good
 * @param eventLoops how many threads carry traffic, 0 for one for each processor
 */
@Description("A listener for SSH clients.")
public record SshConfig(
        @Description("Where clients connect.") HostPort listen,

        @Description(
                "The key by which clients know the gateway, in OpenSSH form; an Ed25519 key is made if it is absent.")
        Path hostKey,

        @Description("The key that signs user certificates, in OpenSSH form; without it none are accepted.") @Nullable
        Path caKey,

        @Default("5m") @Description("How long a signed certificate is good.")
        Duration certificateLife,

        @Default("0") @Description("How many threads carry traffic; 0 for one for each processor.")
        int eventLoops) {

    private static final Duration LONGEST_LIFE = Duration.ofHours(1);

    /** Checks the ranges. */
    public SshConfig {
        if (certificateLife.isNegative() || certificateLife.isZero() || certificateLife.compareTo(LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException("'certificate-life' is more than nothing and at most an hour");
        }
        if (eventLoops < 0 || eventLoops > 1024) {
            throw new IllegalArgumentException("'event-loops' is between 0 and 1024");
        }
    }
}
