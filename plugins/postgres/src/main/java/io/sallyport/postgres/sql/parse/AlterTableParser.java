package io.sallyport.postgres.sql.parse;

import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;
import io.sallyport.postgres.sql.parse.ObjectKinds.ObjectKind;
import io.sallyport.postgres.sql.tree.RelationName;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.List;

/** Reads ALTER of tables, views, sequences and indexes. */
final class AlterTableParser {

    private final Grammar grammar;
    private final TokenCursor cursor;
    private final TableParser tables;

    AlterTableParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor;
        this.tables = new TableParser(grammar);
    }

    void read(StatementDraft draft, ObjectKind kind) {
        if (cursor.accept("if")) {
            cursor.expect("exists");
        }
        if (cursor.at("all") && cursor.peek(1).is("in")) {
            draft.object(PostgresVocabulary.ALTER, "tablespace", "*").opaque("it moves all relations of a tablespace");
            skipAction();
            return;
        }
        RelationName name = grammar.from.relationName();
        draft.relation(PostgresVocabulary.ALTER, name.names()).over(name);
        do {
            action(draft, name.names(), kind);
        } while (cursor.accept(','));
    }

    private void action(StatementDraft draft, List<String> table, ObjectKind kind) {
        if (kind.spelling().equals("sequence")) {
            skipAction();
        } else if (cursor.accept("add")) {
            add(draft);
        } else if (cursor.accept("drop")) {
            drop(draft, table);
        } else if (cursor.at("alter")) {
            cursor.next();
            alter(draft);
        } else if (cursor.accept("attach", "partition")) {
            draft.relation(PostgresVocabulary.ALTER, cursor.dottedName());
            if (cursor.at("for") || cursor.at("default")) {
                tables.partitionBound(draft);
            }
        } else if (cursor.accept("detach", "partition") || cursor.accept("inherit") || cursor.accept("no", "inherit")) {
            draft.relation(PostgresVocabulary.ALTER, cursor.dottedName());
            cursor.acceptAny("concurrently", "finalize");
        } else {
            skipAction();
        }
    }

    /** Steps over an action that holds no expression and names nothing but the table's own parts. */
    private void skipAction() {
        while (!cursor.atEnd() && !cursor.at(',')) {
            Token token = cursor.next();
            if (token.is('(')) {
                cursor.skipToClosingParenthesis();
            } else if (token.kind() == TokenKind.END) {
                throw cursor.unreadable();
            }
        }
    }

    private void add(StatementDraft draft) {
        if (tables.atTableConstraint()) {
            tables.tableConstraint(draft);
            return;
        }
        cursor.accept("column");
        if (cursor.at("if") && cursor.peek(1).is("not")) {
            cursor.next();
            cursor.next();
            cursor.expect("exists");
        }
        tables.column(draft);
    }

    private void drop(StatementDraft draft, List<String> table) {
        if (cursor.accept("constraint")) {
            skipAction();
            return;
        }
        cursor.accept("column");
        if (cursor.at("if") && cursor.peek(1).is("exists")) {
            cursor.next();
            cursor.next();
        }
        draft.column(PostgresVocabulary.DROP, table, cursor.columnName());
        cursor.acceptAny("cascade", "restrict");
    }

    private void alter(StatementDraft draft) {
        if (cursor.at("constraint")) {
            skipAction();
            return;
        }
        cursor.accept("column");
        if (cursor.at(TokenKind.NUMBER)) {
            cursor.next();
        } else {
            cursor.columnName();
        }
        if (cursor.accept("set", "default")) {
            draft.define(grammar.expression());
        } else if (cursor.at("type") || (cursor.at("set") && cursor.peek(1).is("data"))) {
            changeType(draft);
        } else if (cursor.at("set") && cursor.peek(1).is("expression")) {
            cursor.next();
            cursor.next();
            cursor.expect("as");
            draft.define(CallParser.whole(grammar.expressions.parenthesised()));
        } else {
            skipAction();
        }
    }

    private void changeType(StatementDraft draft) {
        if (cursor.accept("set")) {
            cursor.expect("data");
        }
        cursor.expect("type");
        grammar.types.type();
        if (cursor.accept("collate")) {
            cursor.dottedName();
        }
        if (cursor.accept("using")) {
            draft.define(grammar.expression());
        }
        if (cursor.accept("options")) {
            cursor.expect('(');
            cursor.skipToClosingParenthesis();
        }
        cursor.acceptAny("cascade", "restrict");
    }
}
