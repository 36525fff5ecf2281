/**
 * Evidence comes in from a connector by way of the session room: a token, a certificate, a key. The room verifies it against
 * the issuers of the configuration, whose keys it keeps fresh on a small pool of its own. Out goes a
 * {@link io.sallyport.api.principal.Principal} to the grant room, or a rejection with its reason for operators.
 */
@NullMarked
package io.sallyport.identity;

import org.jspecify.annotations.NullMarked;
