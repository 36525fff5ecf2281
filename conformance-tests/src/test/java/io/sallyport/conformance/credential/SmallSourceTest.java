package io.sallyport.conformance.credential;

import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.CredentialSourceFactory;
import io.sallyport.conformance.sabotage.Sabotage;
import io.sallyport.conformance.sabotage.SabotagedClauses;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("The clauses of credential sources")
class SmallSourceTest extends SabotagedClauses {

    SmallSourceTest() {
        super(Clauses.class, SourceFault.values());
    }

    /** The small source, without a fault unless one is switched on. */
    @ExtendWith(Sabotage.Haste.class)
    static final class Clauses extends CredentialSourceConformance {

        @Override
        protected CredentialSourceHarness harness() {
            return new Harness();
        }
    }

    private static final class Harness implements CredentialSourceHarness {

        private final SmallVault vault = new SmallVault();
        private final SmallSource.Factory factory = new SmallSource.Factory(vault);
        private final SmallSource.Config config = new SmallSource.Config(Secret.of("login-secret"));

        @Override
        public CredentialSourceFactory<?> factory() {
            return factory;
        }

        @Override
        public Record config() {
            return config;
        }

        @Override
        public Record options() {
            return new SmallSource.Options("robot");
        }

        @Override
        public List<String> secrets() {
            return List.of("login-secret");
        }

        @Override
        public void server(Behaviour behaviour) {
            vault.behave(behaviour);
        }

        @Override
        public int requests() {
            return vault.requests();
        }

        @Override
        public int lent() {
            return vault.lent();
        }

        @Override
        public void end() {
            vault.end();
        }

        @Override
        public void close() {
            vault.end();
        }
    }
}
