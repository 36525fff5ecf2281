package io.sallyport.identity;

/** Evidence that proves nothing; the message is for operators. */
final class RejectedException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_SHOWN = 200;

    RejectedException(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    /** A value out of a token as a log may show it. */
    static String shown(String value) {
        StringBuilder text = new StringBuilder("'");
        value.codePoints().limit(LONGEST_SHOWN).forEach(c -> {
            boolean plain = c > ' ' && c < 0x7F;
            text.appendCodePoint(plain || c == ' ' || Character.isLetterOrDigit(c) ? c : '?');
        });
        return text.append(value.length() > LONGEST_SHOWN ? "…'" : "'").toString();
    }
}
