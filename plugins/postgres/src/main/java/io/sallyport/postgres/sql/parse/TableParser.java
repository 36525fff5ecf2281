package io.sallyport.postgres.sql.parse;

import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;

/** Reads what tables are made of: columns, constraints, bounds of partitions, elements of indexes. */
final class TableParser {

    private final Grammar grammar;
    private final TokenCursor cursor;

    TableParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor;
    }

    /** Reads the elements in parentheses. */
    void elements(StatementDraft draft) {
        cursor.expect('(');
        if (cursor.accept(')')) {
            return;
        }
        do {
            element(draft);
        } while (cursor.accept(','));
        cursor.expect(')');
    }

    private void element(StatementDraft draft) {
        if (cursor.accept("like")) {
            draft.relation(PostgresVocabulary.REFERENCES, cursor.dottedName());
            while (cursor.acceptAny("including", "excluding")) {
                cursor.label();
            }
        } else if (atTableConstraint()) {
            tableConstraint(draft);
        } else {
            column(draft);
        }
    }

    /** Whether a constraint of a table begins here rather than a column. */
    boolean atTableConstraint() {
        Token token = cursor.peek();
        return token.is("constraint")
                || token.is("check")
                || token.is("unique")
                || token.is("primary")
                || token.is("foreign")
                || (token.is("exclude")
                        && (cursor.peek(1).is("using") || cursor.peek(1).is('(')))
                || token.is("not");
    }

    /** Reads a column with its constraints. */
    void column(StatementDraft draft) {
        cursor.columnName();
        if (cursor.accept("with", "options")) {
            columnConstraints(draft);
            return;
        }
        if (cursor.at(',') || cursor.at(')')) {
            return;
        }
        if (!atColumnConstraint()) {
            grammar.types.type();
        }
        columnConstraints(draft);
    }

    private boolean atColumnConstraint() {
        Token token = cursor.peek();
        return token.is("constraint")
                || token.is("default")
                || token.is("not")
                || token.is("null")
                || token.is("check")
                || token.is("primary")
                || token.is("unique")
                || token.is("references")
                || token.is("generated")
                || token.is("collate");
    }

    /** Reads the constraints of a column or domain. */
    void columnConstraints(StatementDraft draft) {
        while (!cursor.at(',') && !cursor.at(')') && !cursor.atEnd()) {
            columnConstraint(draft);
        }
    }

    private void columnConstraint(StatementDraft draft) {
        if (cursor.acceptAny("constraint", "compression", "storage")) {
            cursor.label();
        } else if (cursor.accept("collate")) {
            cursor.dottedName();
        } else if (cursor.accept("default")) {
            draft.define(grammar.expression());
        } else if (cursor.accept("check")) {
            draft.define(CallParser.whole(grammar.expressions.parenthesised()));
            cursor.accept("no", "inherit");
        } else if (cursor.accept("generated")) {
            generated(draft);
        } else if (cursor.accept("references")) {
            references(draft);
        } else if (cursor.acceptAny("primary", "unique")) {
            cursor.accept("key");
            indexOptions();
        } else if (cursor.accept("options")) {
            cursor.expect('(');
            cursor.skipToClosingParenthesis();
        } else if (!cursor.acceptAny(
                "not", "null", "deferrable", "enforced", "initially", "deferred", "immediate", "valid")) {
            throw cursor.unreadable();
        }
    }

    private void generated(StatementDraft draft) {
        cursor.acceptAny("always", "by");
        cursor.accept("default");
        cursor.expect("as");
        if (cursor.accept("identity")) {
            if (cursor.accept('(')) {
                cursor.skipToClosingParenthesis();
            }
            return;
        }
        draft.define(CallParser.whole(grammar.expressions.parenthesised()));
        cursor.acceptAny("stored", "virtual");
    }

    private void references(StatementDraft draft) {
        draft.relation(PostgresVocabulary.REFERENCES, cursor.dottedName());
        if (cursor.at('(')) {
            grammar.queries.names();
        }
        while (true) {
            if (cursor.accept("match")) {
                cursor.label();
            } else if (cursor.accept("on")) {
                cursor.acceptAny("delete", "update");
                if (cursor.accept("no")) {
                    cursor.expect("action");
                } else if (cursor.accept("set")) {
                    cursor.acceptAny("null", "default");
                    if (cursor.at('(')) {
                        grammar.queries.names();
                    }
                } else if (!cursor.acceptAny("cascade", "restrict")) {
                    throw cursor.unreadable();
                }
            } else {
                return;
            }
        }
    }

    private void indexOptions() {
        if (cursor.accept("nulls")) {
            cursor.accept("not");
            cursor.expect("distinct");
        }
        if (cursor.accept("with") || cursor.accept("include")) {
            cursor.expect('(');
            cursor.skipToClosingParenthesis();
        }
        if (cursor.accept("with")) {
            cursor.expect('(');
            cursor.skipToClosingParenthesis();
        }
        if (cursor.accept("using", "index")) {
            cursor.accept("tablespace");
            cursor.columnName();
        }
    }

    /** Reads a constraint of a table. */
    void tableConstraint(StatementDraft draft) {
        if (cursor.accept("constraint")) {
            cursor.columnName();
        }
        if (cursor.accept("check")) {
            draft.define(CallParser.whole(grammar.expressions.parenthesised()));
        } else if (cursor.acceptAny("primary", "unique")) {
            cursor.accept("key");
            if (cursor.accept("nulls")) {
                cursor.accept("not");
                cursor.expect("distinct");
            }
            if (cursor.at('(')) {
                cursor.next();
                cursor.skipToClosingParenthesis();
            }
            indexOptions();
        } else if (cursor.accept("foreign")) {
            cursor.expect("key");
            cursor.expect('(');
            cursor.skipToClosingParenthesis();
            cursor.expect("references");
            references(draft);
        } else if (cursor.accept("exclude")) {
            exclusion(draft);
        } else {
            cursor.expect("not");
            cursor.expect("null");
            cursor.columnName();
        }
        cursor.skipAll("not", "deferrable", "initially", "deferred", "immediate", "valid", "enforced", "no", "inherit");
    }

    private void exclusion(StatementDraft draft) {
        if (cursor.accept("using")) {
            cursor.columnName();
        }
        indexElements(draft, true);
        indexOptions();
        if (cursor.accept("where")) {
            draft.define(CallParser.whole(grammar.expressions.parenthesised()));
        }
    }

    /** Reads the elements of an index in parentheses; each has an operator behind WITH in an exclusion. */
    void indexElements(StatementDraft draft, boolean exclusion) {
        cursor.expect('(');
        do {
            draft.define(grammar.expression());
            if (cursor.accept("collate")) {
                cursor.dottedName();
            }
            if (cursor.peek().isColumnName() && !cursor.at("nulls")) {
                cursor.dottedName();
                if (cursor.accept('(')) {
                    cursor.skipToClosingParenthesis();
                }
            }
            cursor.acceptAny("asc", "desc");
            if (cursor.accept("nulls")) {
                cursor.acceptAny("first", "last");
            }
            if (exclusion && cursor.accept("with")) {
                exclusionOperator();
            }
        } while (cursor.accept(','));
        cursor.expect(')');
    }

    private void exclusionOperator() {
        if (cursor.accept("operator")) {
            cursor.expect('(');
            cursor.skipToClosingParenthesis();
        } else {
            cursor.next();
        }
    }

    /** Reads FOR VALUES or DEFAULT. */
    void partitionBound(StatementDraft draft) {
        if (cursor.accept("default")) {
            return;
        }
        cursor.expect("for");
        cursor.expect("values");
        if (cursor.accept("with")) {
            cursor.expect('(');
            cursor.skipToClosingParenthesis();
        } else if (cursor.accept("in")) {
            bounds(draft);
        } else {
            cursor.expect("from");
            bounds(draft);
            cursor.expect("to");
            bounds(draft);
        }
    }

    private void bounds(StatementDraft draft) {
        cursor.expect('(');
        do {
            if (!cursor.acceptAny("minvalue", "maxvalue")) {
                draft.define(grammar.expression());
            }
        } while (cursor.accept(','));
        cursor.expect(')');
    }

    /** Reads what can stand behind a table's elements, up to AS or the end. */
    void tail(StatementDraft draft) {
        while (!cursor.atEnd() && !cursor.at("as")) {
            if (cursor.accept("inherits")) {
                cursor.expect('(');
                do {
                    draft.relation(PostgresVocabulary.ALTER, cursor.dottedName());
                } while (cursor.accept(','));
                cursor.expect(')');
            } else if (cursor.accept("partition")) {
                cursor.expect("by");
                cursor.columnName();
                indexElements(draft, false);
            } else if (cursor.acceptAny("using", "tablespace", "server")) {
                cursor.columnName();
            } else if (cursor.acceptAny("with", "options")) {
                cursor.expect('(');
                cursor.skipToClosingParenthesis();
            } else if (cursor.accept("without")) {
                cursor.label();
            } else if (cursor.accept("on")) {
                cursor.expect("commit");
                cursor.skipAll("drop", "delete", "preserve", "rows");
            } else {
                throw cursor.unreadable();
            }
        }
    }
}
