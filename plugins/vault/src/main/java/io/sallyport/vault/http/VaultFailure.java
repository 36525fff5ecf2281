package io.sallyport.vault.http;

import java.io.IOException;

/** Vault did not do what was asked. The message says what to do; nothing that Vault said, and no cause, is in it. */
public final class VaultFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** A failure that is not an answer's. */
    public VaultFailure(String message) {
        this(message, 0);
    }

    VaultFailure(String message, int status) {
        super(message);
        this.status = status;
    }

    /** The status of Vault's answer, 0 if there was none. */
    public int status() {
        return status;
    }

    /** What a status asks of its reader. */
    static String advice(int status) {
        return switch (status) {
            case 301, 302, 307, 308 ->
                "it sends elsewhere, as a standby does that does not forward; give the address of the active node";
            case 400 -> "it refuses the request; check the role, and for a login its identifiers or token";
            case 403 -> "permission denied; check the policies of the gateway's login, and that its token still stands";
            case 404 -> "there is nothing at this path; check the mount, the role and the namespace";
            case 405 -> "the engine at this path does not know the request; check 'path' and 'engine'";
            case 412 -> "it is behind its primary; try again";
            case 429 -> "it asks for fewer requests; raise its quota for the gateway";
            case 501 -> "it is not initialized";
            case 503 -> "it is sealed or in maintenance; unseal it";
            default -> "see its own log";
        };
    }
}
