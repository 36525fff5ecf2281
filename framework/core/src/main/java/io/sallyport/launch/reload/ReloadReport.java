package io.sallyport.launch.reload;

import java.time.Instant;
import java.util.List;

/**
 * What is in force, and what the last reload changed.
 *
 * @param generation 1 for what the gateway started with, one more with each reload that changed something
 * @param digest SHA-256 of the configuration's file
 * @param since when it came into force
 * @param changed the sections that it changed, sorted; empty for a start
 */
public record ReloadReport(int generation, String digest, Instant since, List<String> changed) {

    /** Copies the list. */
    public ReloadReport {
        changed = List.copyOf(changed);
    }
}
