/**
 * Reading statements. Tokens of the lex room come in; recursive descent, no deeper than a fixed bound, follows
 * PostgreSQL's grammar for the statement kinds it knows, wider than the server where that touches nothing. Trees of the
 * tree room go out to the resolve room, or an {@link io.sallyport.postgres.sql.parse.UnreadableException} that makes the
 * statement opaque.
 */
@NullMarked
package io.sallyport.postgres.sql.parse;

import org.jspecify.annotations.NullMarked;
