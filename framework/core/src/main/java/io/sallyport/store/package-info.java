/**
 * Shared state in SQL. The journal, approval and session rooms above bring work on tables; the {@link
 * io.sallyport.store.Store} runs it on its own small pool against an embedded SQLite file or a PostgreSQL server, never on
 * the caller's thread. What comes out are rows, or a {@link io.sallyport.store.StoreUnavailableException} that makes its
 * reader deny; below this room there is only the database.
 */
@NullMarked
package io.sallyport.store;

import org.jspecify.annotations.NullMarked;
