/**
 * The demo's own authority. The demo asks once at its start; a certificate for loopback is made and signed; the gateway's
 * listeners and the demo's PostgreSQL show it, and clients trust it by the authority's file.
 */
@NullMarked
package io.sallyport.demo.tls;

import org.jspecify.annotations.NullMarked;
