package io.sallyport.masking.detect;

import java.util.Objects;

/**
 * One pass over one value: a cursor on its findings, in the order of the text and without overlap. For one thread.
 *
 * <pre>{@code
 * Findings findings = detectors.scan(bytes, 0, bytes.length);
 * while (findings.next()) {
 *     replace(findings.detector(), findings.start(), findings.end());
 * }
 * }</pre>
 */
public final class Findings {
    private final Detectors detectors;
    private final Window window;
    private final Card card = new Card();
    private final Secrets secrets = new Secrets();
    private Detector detector = Detector.CREDIT_CARD;
    private int position;

    Findings(Detectors detectors, byte[] bytes, int offset, int length, boolean json) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        this.detectors = detectors;
        this.window = new Window(bytes, offset, offset + length, json);
        this.position = offset;
    }

    /** Goes to the next finding; false when there is none left. */
    public boolean next() {
        byte[] bytes = window.bytes;
        byte[] triggers = detectors.triggers;
        int limit = window.limit;
        int i = position;
        while (i < limit) {
            byte trigger = triggers[bytes[i] & 0xff];
            if (trigger == Detectors.NOTHING) {
                i++;
            } else if (trigger == Detectors.DIGIT) {
                int past = number(i);
                if (past < 0) {
                    return true;
                }
                i = past;
            } else if (mark(trigger, i)) {
                return true;
            } else {
                i++;
            }
        }
        position = limit;
        return false;
    }

    /** Judges the run of digits that begins here; the position after it, or -1 when there is a finding. */
    private int number(int at) {
        int first = Ascii.letter(window.at(at - 1)) ? window.pastEscape(at) : at;
        if (detectors.iban && first == at && Iban.verify(window, at)) {
            return taken(Detector.IBAN);
        }
        int end = window.digitsEnd(first);
        if (detectors.ssn && Ssn.verify(window, first, end)) {
            return taken(Detector.US_SSN);
        }
        if (detectors.card && end > first && card.verify(window, first, end)) {
            return taken(Detector.CREDIT_CARD);
        }
        return Math.max(end, at + 1);
    }

    private boolean mark(byte trigger, int at) {
        return switch (trigger) {
            case Detectors.AT -> Email.verify(window, at) && take(Detector.EMAIL);
            case Detectors.TOKEN -> secrets.token(window, at) && take(Detector.JWT);
            case Detectors.AWS -> Secrets.awsAccessKey(window, at) && take(Detector.AWS_ACCESS_KEY);
            default -> secrets.privateKey(window, at) && take(Detector.PRIVATE_KEY);
        };
    }

    private int taken(Detector kind) {
        take(kind);
        return -1;
    }

    private boolean take(Detector kind) {
        detector = kind;
        window.free = window.end;
        position = window.end;
        return true;
    }

    /** Which detector made the current finding. */
    public Detector detector() {
        return detector;
    }

    /** The first byte of the current finding, counted from the start of the array. */
    public int start() {
        return window.start;
    }

    /** The byte after the current finding. */
    public int end() {
        return window.end;
    }

    /** How many bytes the verifiers looked at so far, beyond the pass itself. */
    long examined() {
        return window.examined;
    }
}
