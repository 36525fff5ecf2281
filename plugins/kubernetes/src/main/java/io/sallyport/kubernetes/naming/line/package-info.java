/**
 * The first line of a request. Path and query come in from the naming room as the client spelled them; they are split and decoded
 * where there is one reading only, in the order in which the API server takes them apart. What goes out are the parts of an
 * object's path, and parameters.
 */
@NullMarked
package io.sallyport.kubernetes.naming.line;

import org.jspecify.annotations.NullMarked;
