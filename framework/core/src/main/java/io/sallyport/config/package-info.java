/**
 * The path of one file comes in from the launch room. The room reads and checks all of it, the plugins' parts too, with the
 * record types that the plugin room's catalog knows. Out goes a {@link io.sallyport.config.Configuration}, or one report of
 * everything that is wrong.
 */
@NullMarked
package io.sallyport.config;

import org.jspecify.annotations.NullMarked;
