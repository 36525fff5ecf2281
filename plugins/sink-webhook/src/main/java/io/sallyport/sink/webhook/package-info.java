/**
 * Events as signed HTTP requests: batches come in from the core's follower of the journal.
 * Each batch is posted as JSON, in several requests where it is long, and counts as delivered when all are accepted.
 * Requests go out to the address that the configuration names, and to no other.
 */
@NullMarked
package io.sallyport.sink.webhook;

import org.jspecify.annotations.NullMarked;
