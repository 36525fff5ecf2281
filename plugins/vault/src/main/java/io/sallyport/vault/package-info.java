/**
 * Credentials from Vault. A request of the core for one session comes in with the target's {@code credential:} keys. The
 * login room says with which token, the engine of the path is asked through the HTTP room, and what it lends is handed to
 * the lease room. The credential goes out to the core, which gives it back when its session ends.
 */
@NullMarked
package io.sallyport.vault;

import org.jspecify.annotations.NullMarked;
