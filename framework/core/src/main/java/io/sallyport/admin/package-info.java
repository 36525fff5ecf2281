/**
 * The admin API: REST and server-sent events over HTTPS. Operators, the command line and the console bring bearer tokens of
 * their own audience; each request is authenticated, checked against the roles of its endpoint and the object it names, and
 * answered from the approval, journal and store rooms below. JSON goes out; acts are in the journal before they take effect.
 * This room stands beside the command line, and launch starts it.
 */
@NullMarked
package io.sallyport.admin;

import org.jspecify.annotations.NullMarked;
