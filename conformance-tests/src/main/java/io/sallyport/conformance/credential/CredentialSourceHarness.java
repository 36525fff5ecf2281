package io.sallyport.conformance.credential;

import io.sallyport.api.credential.CredentialSourceFactory;
import java.util.List;

/** A credential source with the server that it asks. One harness serves one clause; the clause closes it. */
public interface CredentialSourceHarness extends AutoCloseable {

    /** The source's factory. */
    CredentialSourceFactory<?> factory();

    /** The source's configuration, which leads to the server. */
    Record config();

    /** A target's {@code credential:} keys for which the server has something. */
    Record options();

    /** What nobody may see: the secrets in the configuration, by which the gateway itself is known. */
    List<String> secrets();

    /**
     * Whether what the source gives is lent and taken back. Where it is not, such as a password in a file, the clauses of
     * leases are skipped.
     */
    default boolean lends() {
        return true;
    }

    /** How the server behaves from now on. */
    void server(Behaviour behaviour);

    /** How many requests have come to the server. */
    int requests();

    /** How many leases the server has lent and not taken back. */
    default int lent() {
        return 0;
    }

    /** The server takes back everything that it has lent, as it does when a lease ends. */
    default void end() {}

    @Override
    void close();

    /** What a server may do. */
    enum Behaviour {
        /** It answers. */
        UP,
        /** It refuses everything. */
        DOWN,
        /** It takes requests and answers none until it behaves otherwise. */
        SILENT
    }
}
