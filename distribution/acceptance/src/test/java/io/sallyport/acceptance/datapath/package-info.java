/**
 * Gates on the data path, across modules. The compiled classes of the core, the connectors' toolkit and all plugins come
 * in, each rule looks at what they call, and out goes the list of calls that break it.
 */
@NullMarked
package io.sallyport.acceptance.datapath;

import org.jspecify.annotations.NullMarked;
