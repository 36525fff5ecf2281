package io.sallyport.kubernetes.credential;

import org.jspecify.annotations.Nullable;

/**
 * In whose name a session acts with its credential.
 *
 * @param impersonate in the principal's, by impersonation
 * @param serviceAccount in this service account's, {@code NAMESPACE/NAME}, with a token for the session
 */
public record CredentialUse(boolean impersonate, @Nullable String serviceAccount) {

    /** In the credential's own name. */
    public static final CredentialUse DIRECT = new CredentialUse(false, null);

    private static final String IMPERSONATE = "impersonate";
    private static final String SERVICE_ACCOUNT = "service-account ";

    /** The words that stand in a credential. */
    String text() {
        return serviceAccount != null ? SERVICE_ACCOUNT + serviceAccount : impersonate ? IMPERSONATE : "";
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
            return new CredentialUse(true, null);
        }
        if (text.startsWith(SERVICE_ACCOUNT)) {
            return new CredentialUse(false, text.substring(SERVICE_ACCOUNT.length()));
        }
        throw new IllegalArgumentException("the credential is to be used in a way that this connector does not know");
    }
}
