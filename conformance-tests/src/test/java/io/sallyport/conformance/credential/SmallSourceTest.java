package io.sallyport.conformance.credential;

import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.CredentialSourceFactory;
import io.sallyport.conformance.sabotage.Sabotage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("The clauses of credential sources")
class SmallSourceTest {

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

    @TestFactory
    @DisplayName("an implementation with one fault fails exactly the clause about it")
    Stream<DynamicTest> faults() {
        return Sabotage.eachFails(Clauses.class, SourceFault.values());
    }

    @Test
    @DisplayName("an implementation without a fault passes, and no clause is skipped")
    void passes() {
        Sabotage.passes(Clauses.class);
    }

    @Test
    @DisplayName("each clause has a fault that breaks it")
    void complete() {
        Sabotage.eachClauseHasOne(Clauses.class, SourceFault.values());
    }
}
