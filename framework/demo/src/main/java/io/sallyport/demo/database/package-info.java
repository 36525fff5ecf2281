/**
 * The demo's targets: one embedded PostgreSQL with three databases. The demo gives a directory and the server's
 * certificate; schemas, data and accounts with random passwords are made; the gateway's configuration gets the address,
 * and each target's account and password by reference.
 */
@NullMarked
package io.sallyport.demo.database;

import org.jspecify.annotations.NullMarked;
