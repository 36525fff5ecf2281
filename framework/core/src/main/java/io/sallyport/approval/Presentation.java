package io.sallyport.approval;

import java.util.List;
import java.util.Map;

/**
 * What the people who decide see. It must show everything that the digest fixes; what is too long to be shown cannot be
 * approved.
 *
 * @param title one line
 * @param text the full text of the action
 * @param parameters the values as people read them
 * @param context everything else that fixes what runs, such as {@code search_path}
 */
public record Presentation(String title, String text, List<String> parameters, Map<String, String> context) {

    /** Copies the collections. */
    public Presentation {
        parameters = List.copyOf(parameters);
        context = Map.copyOf(context);
    }
}
