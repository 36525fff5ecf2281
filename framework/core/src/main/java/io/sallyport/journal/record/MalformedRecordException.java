package io.sallyport.journal.record;

/** Bytes that should be a record of the journal and are not. */
public final class MalformedRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedRecordException(String message) {
        super(message);
    }
}
