package io.sallyport.session;

/** Says what becomes of a session under the configuration that is in force. Asked on the session's executor; never blocks. */
@FunctionalInterface
public interface Governor {

    /** What becomes of it. */
    Standing standing(SessionSpec spec);

    /** What becomes of a session. */
    sealed interface Standing {

        /** It goes on under these terms. */
        record Under(SessionSpec.Terms terms) implements Standing {}

        /** It ends. */
        record Over(String reason) implements Standing {}
    }
}
