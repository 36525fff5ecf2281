/**
 * What releases of the API owe to each other. The classes of this module come in, and those of the releases whose jars are
 * kept beside the tests; who implements which interface is read from them, and out goes the list of changes that would break
 * a plugin of an earlier release. There is no room before it and none behind it.
 */
@NullMarked
package io.sallyport.api.compatibility;

import org.jspecify.annotations.NullMarked;
