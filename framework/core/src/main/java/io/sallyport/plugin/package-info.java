/**
 * Finds what the plugin jars offer. The launch room brings a directory of jars and the lock file that pins their hashes;
 * each jar that is listed, unchanged and compatible is loaded once into a class loader of its own, and its
 * {@link io.sallyport.api.SallyportPlugin} is asked for factories. The config room before it looks factories up by type
 * in the {@link io.sallyport.plugin.PluginCatalog} that goes out, and the identity room after it knows nothing of jars.
 */
@NullMarked
package io.sallyport.plugin;

import org.jspecify.annotations.NullMarked;
