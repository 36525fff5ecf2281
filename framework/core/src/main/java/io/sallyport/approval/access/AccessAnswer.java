package io.sallyport.approval.access;

/** What became of somebody's attempt to decide or end access. */
public sealed interface AccessAnswer {

    /** It took effect; the view shows how the access stands now. */
    record Done(AccessView access) implements AccessAnswer {}

    /**
     * The yes counts, and more people are needed.
     *
     * @param count how many people have said yes
     * @param required how many are needed
     */
    record Recorded(int count, int required) implements AccessAnswer {}

    /** Too late: nothing changed. */
    record TooLate(AccessState state) implements AccessAnswer {}

    /** This person may not do that: nothing changed. */
    record NotAllowed(String reason) implements AccessAnswer {}

    /** There is no such request. */
    record Unknown() implements AccessAnswer {}
}
