package io.sallyport.kubernetes.credential;

import org.jspecify.annotations.Nullable;

/**
 * In whose name a session acts with its credential.
 *
 * @param impersonate in the principal's, by impersonation
 * @param serviceAccount in this service account's, {@code NAMESPACE/NAME}, with a token for the session
 * @param bound whether that token hangs on a Secret that is made for the session and deleted with it
 */
public record CredentialUse(boolean impersonate, @Nullable String serviceAccount, boolean bound) {

    /** In the credential's own name. */
    public static final CredentialUse DIRECT = new CredentialUse(false, null, false);

    private static final String IMPERSONATE = "impersonate";
    private static final String SERVICE_ACCOUNT = "service-account ";
    private static final String BOUND = "bound-service-account ";

    /** The words that stand in a credential. */
    String text() {
        if (serviceAccount != null) {
            return (bound ? BOUND : SERVICE_ACCOUNT) + serviceAccount;
        }
        return impersonate ? IMPERSONATE : "";
    }

    /**
     * Reads the words.
     *
     * @throws IllegalArgumentException for words that another kind of source might use
     */
    public static CredentialUse read(String text) {
        if (text.isEmpty()) {
            return DIRECT;
        }
        if (text.equals(IMPERSONATE)) {
            return new CredentialUse(true, null, false);
        }
        if (text.startsWith(SERVICE_ACCOUNT)) {
            return new CredentialUse(false, text.substring(SERVICE_ACCOUNT.length()), false);
        }
        if (text.startsWith(BOUND)) {
            return new CredentialUse(false, text.substring(BOUND.length()), true);
        }
        throw new IllegalArgumentException("the credential is to be used in a way that this connector does not know");
    }
}
