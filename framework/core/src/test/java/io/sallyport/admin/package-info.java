/** Uses the admin API as its clients do: over HTTPS. */
@NullMarked
package io.sallyport.admin;

import org.jspecify.annotations.NullMarked;
