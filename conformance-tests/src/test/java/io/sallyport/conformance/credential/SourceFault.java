package io.sallyport.conformance.credential;

import io.sallyport.conformance.sabotage.Fault;
import io.sallyport.conformance.sabotage.Sabotage;

/** What the small source can do wrong. */
enum SourceFault implements Fault {
    TYPE_IN_CAPITALS("C-01"),
    HIDDEN_RECORD("C-02"),
    ASKS_WHILE_IT_IS_MADE("C-03"),
    EMPTY_PASSWORD("C-04"),
    ONE_SECRET_FOR_ALL("C-05"),
    ONE_AT_A_TIME("C-06"),
    PRINTS_ITS_PASSWORD("C-07"),
    REFUSES_WITHOUT_A_WORD("C-08"),
    REPEATS_WHAT_IT_SHOWED("C-09"),
    GIVES_UP_FOR_GOOD("C-10"),
    IGNORES_THE_ACCOUNT("C-11"),
    ONE_INSTANCE_FOR_ALL("C-12"),
    LENDS_ONE_LEASE_TO_ALL("C-13"),
    GIVES_NOTHING_BACK("C-14"),
    TRIES_ONCE("C-15"),
    WAITS_FOR_THE_SERVER("C-16"),
    KEEPS_CREDENTIALS("C-17"),
    NEVER_LOOKS("C-18"),
    FRESH_FOR_EVER("C-19"),
    LEAVES_LEASES_AT_THE_END("C-20");

    private final String clause;

    SourceFault(String clause) {
        this.clause = clause;
    }

    @Override
    public String clause() {
        return clause;
    }

    boolean on() {
        return Sabotage.is(this);
    }
}
