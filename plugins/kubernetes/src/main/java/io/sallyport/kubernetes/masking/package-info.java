/**
 * What must not be seen of an answer. Bytes of the API server's answer come in from the relay room with the masking that
 * the verdict brought; values are masked where they stand, token by token. What goes out is the answer in the same form,
 * to the record and to the client.
 */
@NullMarked
package io.sallyport.kubernetes.masking;

import org.jspecify.annotations.NullMarked;
