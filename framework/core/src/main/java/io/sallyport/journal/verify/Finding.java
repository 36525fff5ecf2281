package io.sallyport.journal.verify;

/**
 * Something that should not be.
 *
 * @param file the file's name
 * @param offset where in it: a byte offset in a segment, a line number in the checkpoints
 * @param message what is wrong
 */
public record Finding(String file, long offset, String message) {

    @Override
    public String toString() {
        return file + " at " + offset + ": " + message;
    }
}
