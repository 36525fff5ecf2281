package io.sallyport.postgres.mask;

/** A field comes from a relation that the catalog snapshot does not have, so that nobody can tell how it is masked. */
public final class UnknownRelationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownRelationException() {
        super("a field of a relation that the catalog snapshot does not have", null, false, false);
    }
}
