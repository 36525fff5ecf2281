package io.sallyport.api.action;

/**
 * One operation on a file or directory.
 *
 * @param analysis what was read from the operation
 * @param mode what is done
 * @param path the path as the client spelled it
 */
public record FileAccess(Analysis analysis, Mode mode, String path) implements Action {

    @Override
    public ActionKind kind() {
        return ActionKind.FILE_ACCESS;
    }

    /** What is done to the file. */
    public enum Mode {
        /** Content is read. */
        READ,
        /** Content is written. */
        WRITE,
        /** A directory is listed, or attributes are read. */
        LIST,
        /** A name is removed. */
        REMOVE,
        /** A name is changed. */
        RENAME,
        /** A link is made. */
        LINK,
        /** Attributes are changed. */
        SET_ATTRIBUTES,
        /** A directory is made. */
        MAKE_DIRECTORY
    }
}
