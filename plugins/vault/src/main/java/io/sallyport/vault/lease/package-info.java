/**
 * What Vault lends for a time. Logins and leases come in from the source; they are renewed while they are wanted, and
 * leases are revoked when they are given back, again and again until Vault has done it or their time is over. Tokens go out
 * to the HTTP room, and to the core whether a credential still stands.
 */
@NullMarked
package io.sallyport.vault.lease;

import org.jspecify.annotations.NullMarked;
