package io.sallyport.api.config;

import io.sallyport.api.ProviderType;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resource pattern of the configuration: a resource's spelling in which {@code *} stands for any part of one segment
 * and {@code **} for the rest.
 *
 * <p>The core makes instances when it binds a configuration record, knowing the kinds of resource that the connectors
 * declare; a plugin only uses them.
 *
 * <ol>
 *   <li>{@link #covers} implies {@link #touches} for every resource.
 *   <li>Where segments are separated by a space, a segment {@code *} covers exactly one argument that does not begin with
 *       {@code -}.
 *   <li>In a nested kind a pattern covers what continues the resources that it covers: {@code public.customers} covers
 *       {@code public.customers.ssn}.
 *   <li>Where a resource has the segment {@link Resource#ALL}, a pattern covers it only with a {@code *} of its own, and
 *       touches it with any segment; not where segments are separated by a space.
 * </ol>
 */
@ProviderType
public interface ResourcePattern {

    /** Whether every resource that this one may stand for lies within the pattern: the question that a scope asks. */
    boolean covers(Resource resource);

    /**
     * Whether the resource may be, contain or lie within something that the pattern names: the question that a deny rule
     * asks. True for an unresolved resource whose name occurs as a segment of the pattern.
     */
    boolean touches(Resource resource);

    /**
     * The leading segments that are free of globs, as a resource of this kind has them: a resolved resource that the pattern
     * touches agrees with them as far as both go, or has {@link Resource#ALL} in their place, so that patterns may be indexed
     * by them. Null if the pattern names no resource of this kind, and so touches none.
     */
    @Nullable
    List<String> prefix(ResourceKind kind);

    /** The pattern as the configuration spells it. */
    @Override
    String toString();
}
