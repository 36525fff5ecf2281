/**
 * Text in YAML comes in from the config room. The package reads it into {@link io.sallyport.config.binding.Node}s that know
 * their lines, resolves references, and binds nodes to records by the contract of {@link io.sallyport.api.config}. Out go
 * records, back to the config room, and every {@link io.sallyport.config.binding.Problem} that was found on the way.
 */
@NullMarked
package io.sallyport.config.binding;

import org.jspecify.annotations.NullMarked;
