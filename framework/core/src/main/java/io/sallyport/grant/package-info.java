/**
 * Who may do what. A verified principal and the target that it asks for come from the identity room; the first grant in
 * the configuration's order that names both, and whose networks, hours and expiry fit, is chosen. What goes out to the
 * target and session rooms is the compiled {@link io.sallyport.grant.Grant}, or a refusal with its reason for operators.
 */
@NullMarked
package io.sallyport.grant;

import org.jspecify.annotations.NullMarked;
