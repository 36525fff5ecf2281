package io.sallyport.plugin;

import java.nio.file.Path;
import java.util.List;

/**
 * A loaded plugin jar.
 *
 * @param file where it lies
 * @param id its {@code Plugin-Id}
 * @param version its {@code Plugin-Version}
 * @param requires the range of API versions that it works with
 * @param sha256 the hash of the file, in hex
 * @param offers what it offers, such as {@code guardrail 'deny-list'}
 */
public record PluginJar(Path file, String id, String version, String requires, String sha256, List<String> offers) {

    /** Copies the list. */
    public PluginJar {
        offers = List.copyOf(offers);
    }
}
