package io.sallyport.journal.lane;

/**
 * The record could not be written. Nothing of it is in the journal, so what it would have told must not happen: the caller denies.
 *
 * <p>The message says why, and what to do about it; it holds nothing of the record.
 */
public final class JournalUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JournalUnavailableException(String message) {
        super(message);
    }

    public JournalUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
