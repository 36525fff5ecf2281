package io.sallyport.conformance.sabotage;

/** One thing that an implementation does wrong. The constants of its enums are named after what they do. */
public interface Fault {

    /** The clause that is about it. */
    String clause();
}
