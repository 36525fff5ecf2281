/**
 * A stand-in for Vault. Requests come in over HTTP as the documentation of Vault's API has them, and everything else is
 * refused; tokens and leases have ends and hang on each other as in Vault. What it lends may be real, such as roles of a
 * database.
 */
@NullMarked
package io.sallyport.demo.vault;

import org.jspecify.annotations.NullMarked;
