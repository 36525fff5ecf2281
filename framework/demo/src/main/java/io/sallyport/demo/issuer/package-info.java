/**
 * The demo's issuer of tokens: an OpenID provider on loopback whose key lives as long as its process. The demo starts it
 * before the gateway; whoever gives a name gets a token for it; the gateway's identity room checks the token like any
 * other issuer's.
 */
@NullMarked
package io.sallyport.demo.issuer;

import org.jspecify.annotations.NullMarked;
