package io.sallyport.conformance.guardrail;

import io.sallyport.conformance.sabotage.Fault;
import io.sallyport.conformance.sabotage.Sabotage;

/** What the small guardrail can do wrong. */
enum GuardrailFault implements Fault {
    TYPE_WITH_A_SPACE("G-01"),
    HIDDEN_CONFIGURATION("G-02"),
    ONE_INSTANCE_FOR_ALL("G-03"),
    FORGETS_WHAT_IT_UNDERSTANDS("G-04"),
    CHANGES_WHAT_IT_READS("G-05"),
    DENIES_WHAT_IT_SHOULD_HOLD("G-06"),
    NULL_WHERE_THERE_IS_NO_ACCESS("G-07"),
    THROWS_ON_WHAT_IS_OPAQUE("G-08"),
    BLOCKS("G-09"),
    QUADRATIC("G-10"),
    ONE_THREAD_ONLY("G-11"),
    SECOND_OF_TWO_DECIDES("G-12"),
    LOOKS_AT_TEN("G-13"),
    DENIES_WITHOUT_A_REASON("G-14"),
    HOLDS_WITHOUT_A_REASON("G-15"),
    MOODY("G-16"),
    TRUSTS_WHAT_IS_UNRESOLVED("G-17"),
    READS_TEXT("G-18"),
    READS_PARAMETERS("G-19"),
    READS_PRINCIPAL("G-20"),
    READS_TIME("G-21"),
    QUOTES_PARAMETERS("G-22"),
    LEAVES_THE_VALUE("G-23"),
    LOOKS_AT_THE_WHOLE_ARRAY("G-24"),
    WRITES_WHAT_IT_LEAVES("G-25"),
    NULL_AND_BYTES("G-26"),
    THROWS_ON_ODD_BYTES("G-27"),
    SHARES_A_BUFFER("G-28"),
    HIDES_THAT_IT_MASKS_FIELDS("G-29"),
    NEW_REQUEST_MASK_EACH_TIME("G-30");

    private final String clause;

    GuardrailFault(String clause) {
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
