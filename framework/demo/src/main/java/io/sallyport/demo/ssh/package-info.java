/**
 * The demo's SSH host. The demo asks for it once at its start; a server with keys of its own runs real commands and serves
 * real files for the one account that the gateway logs in to. Its address, its host key and the account's key go into the
 * gateway's configuration; nobody else is given them.
 */
@NullMarked
package io.sallyport.demo.ssh;

import org.jspecify.annotations.NullMarked;
