/**
 * The deny list: operations that lie within their grant's scope come in from the core's decision room.
 * The rules of the configuration, which {@link io.sallyport.rules} lays out, are asked for the first that matches.
 * A denial with the rule's reason, or a plain allow, goes back to the decision room.
 */
@NullMarked
package io.sallyport.denylist;

import org.jspecify.annotations.NullMarked;
