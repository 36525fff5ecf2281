/**
 * Gates on the API as a whole. The compiled classes of this module come in, they are read through reflection,
 * and out goes a failure where the public surface shows a foreign type, lacks a comment, or differs from the
 * committed {@code api.txt}.
 */
@NullMarked
package io.sallyport.api.surface;

import org.jspecify.annotations.NullMarked;
