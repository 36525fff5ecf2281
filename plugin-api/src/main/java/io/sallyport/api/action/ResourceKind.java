package io.sallyport.api.action;

/**
 * A family of resources that share a spelling, such as relations ({@code public.customers}) or functions
 * ({@code function:public.purge}).
 *
 * @param prefix what stands before the colon, empty for the kind that has none
 * @param separator what stands between segments
 * @param nested whether a resource contains those that continue it: a table contains its columns, while a command does
 *     not contain the commands that have further arguments
 */
public record ResourceKind(String prefix, char separator, boolean nested) {

    /** Checks the form of the prefix. */
    public ResourceKind {
        if (!prefix.isEmpty()) {
            Words.checked(prefix, "a resource prefix");
        }
    }
}
