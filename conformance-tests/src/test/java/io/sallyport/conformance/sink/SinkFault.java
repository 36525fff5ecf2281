package io.sallyport.conformance.sink;

import io.sallyport.conformance.sabotage.Fault;
import io.sallyport.conformance.sabotage.Sabotage;

/** What the small sink can do wrong. */
enum SinkFault implements Fault {
    EMPTY_TYPE("E-01"),
    HIDDEN_RECORD("E-02"),
    LOOKS_WHILE_IT_IS_MADE("E-03"),
    FORGETS_THE_LAST_OF_THREE("E-04"),
    TURNS_THE_BATCH("E-05"),
    TRIMS_DOUBLE_SPACES("E-06"),
    WRITES_LINES("E-07"),
    A_THOUSAND_AT_MOST("E-08"),
    STUMBLES_OVER_NOTHING("E-09"),
    SWALLOWS_FAILURES("E-10"),
    REPEATS_ITS_SECRET("E-11"),
    GIVES_UP_FOR_GOOD("E-12"),
    BEGINS_AFRESH("E-13"),
    ONE_INSTANCE_FOR_ALL("E-14"),
    DEAF("E-15");

    private final String clause;

    SinkFault(String clause) {
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
