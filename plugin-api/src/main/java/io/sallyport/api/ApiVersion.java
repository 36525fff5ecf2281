package io.sallyport.api;

/** The version of this API, on a SemVer line of its own, against which a jar's {@code Plugin-Requires} is checked. */
public final class ApiVersion {

    /** The version that this jar contains. */
    public static final String CURRENT = "1.0.0";

    private ApiVersion() {}
}
