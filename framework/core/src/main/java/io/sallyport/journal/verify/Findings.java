package io.sallyport.journal.verify;

import java.util.ArrayList;
import java.util.List;

/** Gathers what a verification finds, up to a number that a person can still read. */
final class Findings {

    private static final int MAXIMUM = 100;

    private final List<Finding> found = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    void add(String file, long offset, String message) {
        if (found.size() < MAXIMUM) {
            found.add(new Finding(file, offset, message));
        }
    }

    void note(String note) {
        if (notes.size() < MAXIMUM) {
            notes.add(note);
        }
    }

    List<Finding> found() {
        return found;
    }

    List<String> notes() {
        return notes;
    }
}
