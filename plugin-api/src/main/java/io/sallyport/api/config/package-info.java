/**
 * Component types of configuration records. The core's binder fills a plugin's record from YAML: keys are the components'
 * names in kebab-case, {@code @Nullable} components and those with {@link io.sallyport.api.config.Default} may be absent,
 * all others are required, and every problem is reported at once with path and line.
 *
 * <p>Supported component types are {@code String}, {@code boolean}, {@code int}, {@code long}, enums (in kebab-case),
 * {@link java.time.Duration} ({@code 15m}), {@link io.sallyport.api.config.ByteSize} ({@code 16MiB}),
 * {@link java.nio.file.Path}, {@link java.net.URI}, the types of this package, {@code Verb} and {@code Trait}, nested
 * records, {@code List} and {@code Map<String, …>} of these, and {@code Supplier<Secret>}, which reads its reference anew
 * each time. A record's own constructor may throw {@link IllegalArgumentException}; its message becomes one of the reported
 * problems.
 */
@NullMarked
package io.sallyport.api.config;

import org.jspecify.annotations.NullMarked;
