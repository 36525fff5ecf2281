/**
 * PostgreSQL's lexical rules (scan.l of versions 15 to 18). What comes in is the text of a message that the wire room has
 * decoded; a {@link io.sallyport.postgres.sql.lex.Lexer} cuts it into tokens and a
 * {@link io.sallyport.postgres.sql.lex.StatementSplitter} into statements. What goes out is read by the parse room.
 */
@NullMarked
package io.sallyport.postgres.sql.lex;

import org.jspecify.annotations.NullMarked;
