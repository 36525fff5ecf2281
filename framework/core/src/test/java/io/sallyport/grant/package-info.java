/** Who may do what: specifications. */
@NullMarked
package io.sallyport.grant;

import org.jspecify.annotations.NullMarked;
