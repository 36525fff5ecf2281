package io.sallyport.kubernetes.http;

import io.sallyport.netty.ProtocolException;

/** How long a body is, as a number: a length of zero or more, or one of the constants. */
public final class Framing {

    /** The body comes in chunks. */
    public static final long CHUNKED = -1;

    /** The body ends with the connection. */
    public static final long UNTIL_CLOSE = -2;

    /** What follows is not HTTP any longer. */
    public static final long RAW = -3;

    private static final int MOST_DIGITS = 18;

    private Framing() {}

    /**
     * The framing of a request's body.
     *
     * @throws ProtocolException if it has two readings
     */
    public static long ofRequest(Headers headers) {
        return of(headers, 0);
    }

    /**
     * The framing of an answer's body, where the answer may have one.
     *
     * @throws ProtocolException if it has two readings
     */
    public static long ofAnswer(Headers headers) {
        return of(headers, UNTIL_CLOSE);
    }

    /**
     * Whether a client waits to be told to send its body.
     *
     * @throws ProtocolException if it expects anything else
     */
    public static boolean expectsContinue(Headers headers) {
        String expectation = headers.first("expect");
        if (expectation == null) {
            return false;
        }
        if (headers.count("expect") != 1 || !expectation.equalsIgnoreCase("100-continue")) {
            throw new ProtocolException("an expectation other than 100-continue");
        }
        return true;
    }

    private static long of(Headers headers, long otherwise) {
        int lengths = headers.count("content-length");
        int encodings = headers.count("transfer-encoding");
        if (lengths + encodings > 1) {
            throw new ProtocolException("more than one length of the body");
        }
        if (encodings == 1) {
            if (!"chunked".equalsIgnoreCase(headers.first("transfer-encoding"))) {
                throw new ProtocolException("a transfer encoding other than 'chunked'");
            }
            return CHUNKED;
        }
        String length = headers.first("content-length");
        return length == null ? otherwise : number(length);
    }

    private static long number(String text) {
        if (text.isEmpty() || text.length() > MOST_DIGITS) {
            throw new ProtocolException("a length that is no number");
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new ProtocolException("a length that is no number");
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }
}
