package io.sallyport.rules.command;

/**
 * One word of a command line after quotes are removed.
 *
 * @param text the text; where it is not clear, the part that is
 * @param clear whether the shell changes nothing of it: no variable, substitution, glob or brace
 * @param grows whether it may become several words, or words that begin with a hyphen
 */
record Word(String text, boolean clear, boolean grows) {

    /** Stands before the words of a command whose input is what the command before it says. */
    static final Word FED = new Word("|", false, false);

    static Word of(String text) {
        return new Word(text, true, false);
    }

    boolean is(String other) {
        return clear && text.equals(other);
    }
}
