package io.sallyport.postgres.sql.parse;

import io.sallyport.postgres.sql.tree.Body;
import io.sallyport.postgres.sql.tree.Expression;

/** The parsers of one text, which call each other. */
final class Grammar {

    final TokenCursor cursor;
    final TypeParser types;
    final ExpressionParser expressions;
    final OperandParser operands;
    final CallParser calls;
    final QueryParser queries;
    final FromParser from;
    final ModificationParser modifications;

    Grammar(TokenCursor cursor) {
        this.cursor = cursor;
        this.types = new TypeParser(cursor);
        this.expressions = new ExpressionParser(this);
        this.operands = new OperandParser(this);
        this.calls = new CallParser(this);
        this.queries = new QueryParser(this);
        this.from = new FromParser(this);
        this.modifications = new ModificationParser(this);
    }

    Expression expression() {
        return expressions.expression();
    }

    Body body() {
        return queries.body();
    }
}
