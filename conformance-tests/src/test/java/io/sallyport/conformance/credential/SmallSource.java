package io.sallyport.conformance.credential;

import static io.sallyport.conformance.credential.SourceFault.*;

import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.credential.CredentialRequest;
import io.sallyport.api.credential.CredentialSource;
import io.sallyport.api.credential.CredentialSourceFactory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Gives out what the small vault lends. */
final class SmallSource implements CredentialSource {

    private final SmallVault vault;
    private final Config config;
    private final List<Lent> out = new CopyOnWriteArrayList<>();
    private final Secret shared = Secret.of("one for all");
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean failed;
    private volatile boolean closed;
    private volatile int kept;

    SmallSource(SmallVault vault, Config config) {
        this.vault = vault;
        this.config = config;
        if (ASKS_WHILE_IT_IS_MADE.on()) {
            try {
                vault.answer();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Its configuration. */
    public record Config(Secret login) {}

    /** A target's keys. */
    public record Options(String account) {}

    /** The same, out of sight. */
    record Hidden(String account) {}

    /** Makes it. */
    static final class Factory implements CredentialSourceFactory<Config> {

        private final SmallVault vault;
        private @Nullable SmallSource one;

        Factory(SmallVault vault) {
            this.vault = vault;
        }

        @Override
        public String type() {
            return TYPE_IN_CAPITALS.on() ? "SMALL" : "small";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public Class<? extends Record> requestType() {
            return HIDDEN_RECORD.on() ? Hidden.class : Options.class;
        }

        @Override
        public CredentialSource create(String name, Config config) {
            SmallSource made = new SmallSource(vault, config);
            if (!ONE_INSTANCE_FOR_ALL.on()) {
                return made;
            }
            SmallSource first = one == null ? made : one;
            one = first;
            return first;
        }
    }

    /** One lease. */
    private final class Lent implements Credential.Lease {

        private final int number;
        private volatile boolean over;

        Lent(int number) {
            this.number = number;
        }

        @Override
        public void giveBack() {
            over = true;
            if (GIVES_NOTHING_BACK.on()) {
                return;
            }
            if (WAITS_FOR_THE_SERVER.on()) {
                try {
                    vault.takeBack(number);
                } catch (IOException e) {
                    // Later.
                }
            }
            SourceStage.thread(this::giveBackNow);
        }

        private void giveBackNow() {
            while (vault.has(number)) {
                try {
                    vault.takeBack(number);
                } catch (IOException e) {
                    if (TRIES_ONCE.on()) {
                        return;
                    }
                    LockSupport.parkNanos(1_000_000);
                }
            }
        }

        @Override
        public boolean fresh() {
            return FRESH_FOR_EVER.on() || standing();
        }

        @Override
        public boolean standing() {
            return NEVER_LOOKS.on() ? !over : !over && vault.has(number);
        }
    }

    @Override
    public Credential credential(CredentialRequest request) throws Exception {
        if (closed || (GIVES_UP_FOR_GOOD.on() && failed)) {
            throw new IOException("it is closed");
        }
        if (request.account() != null && !IGNORES_THE_ACCOUNT.on()) {
            throw new IOException("the vault lends the account robot, not " + request.account());
        }
        if (ONE_AT_A_TIME.on() && !busy.compareAndSet(false, true)) {
            throw new IOException("busy");
        }
        try {
            return lend();
        } finally {
            if (ONE_AT_A_TIME.on()) {
                LockSupport.parkNanos(20_000_000);
                busy.set(false);
            }
        }
    }

    private Credential lend() throws IOException {
        int number;
        try {
            number = LENDS_ONE_LEASE_TO_ALL.on() && out.stream().anyMatch(Lent::standing) ? kept : vault.lend();
        } catch (IOException e) {
            failed = true;
            if (KEEPS_CREDENTIALS.on() && kept != 0) {
                return Credential.of("robot", Map.of(Credential.Part.PASSWORD, Secret.of("kept")), () -> {});
            }
            if (REFUSES_WITHOUT_A_WORD.on()) {
                throw new IOException();
            }
            throw REPEATS_WHAT_IT_SHOWED.on()
                    ? new IOException("refused for " + config.login().reveal(), e)
                    : e;
        }
        kept = number;
        Lent lease = new Lent(number);
        out.add(lease);
        Secret secret = ONE_SECRET_FOR_ALL.on() ? shared : Secret.of(EMPTY_PASSWORD.on() ? "" : "password-" + number);
        return Credential.leased(
                PRINTS_ITS_PASSWORD.on() ? "robot:password-" + number : "robot",
                Map.of(Credential.Part.PASSWORD, secret),
                lease);
    }

    @Override
    public void close() {
        closed = true;
        if (!LEAVES_LEASES_AT_THE_END.on()) {
            out.forEach(Lent::giveBackNow);
        }
    }
}
