/** Tests of the Vault source against a stand-in that is as strict as Vault's documentation of its HTTP API. */
@NullMarked
package io.sallyport.vault;

import org.jspecify.annotations.NullMarked;
