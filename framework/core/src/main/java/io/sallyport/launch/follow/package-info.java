/**
 * Who follows the journal while it is written. The launch room starts one follower for the session index and one for each
 * event sink of the configuration; each reads the journal's files with a cursor of its own, kept in the store, and hands on
 * what is new. Nothing waits for a follower: it may lag, and repeats what it is not sure of.
 */
@NullMarked
package io.sallyport.launch.follow;

import org.jspecify.annotations.NullMarked;
