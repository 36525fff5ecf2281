package io.sallyport.kubernetes.naming;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a body adds to what the first line says.
 *
 * @param name the name of the object that it creates, null if it has none or several
 * @param text what follows the request's text, from a line break on; empty if nothing does
 * @param apply whether it is a server-side apply
 * @param options whether it holds options of a deletion, which then count in the place of the query's
 * @param dryRun the stages that those options rehearse
 * @param noGrace whether those options leave no time to end
 * @param unread why it cannot be read, null if it was
 */
record BodyFacts(
        @Nullable String name,
        String text,
        boolean apply,
        boolean options,
        List<String> dryRun,
        boolean noGrace,
        @Nullable String unread) {

    /** No body. */
    static final BodyFacts NONE = new BodyFacts(null, "", false, false, List.of(), false, null);
}
