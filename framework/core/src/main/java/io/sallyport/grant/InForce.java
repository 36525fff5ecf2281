package io.sallyport.grant;

import io.sallyport.target.Target;
import java.util.Map;

/**
 * What the configuration that is in force says of access. Immutable: a reload puts another one in its place.
 *
 * @param grants the grants
 * @param targets the targets by name
 */
public record InForce(Grants grants, Map<String, Target> targets) {

    /** Copies the targets. */
    public InForce {
        targets = Map.copyOf(targets);
    }
}
