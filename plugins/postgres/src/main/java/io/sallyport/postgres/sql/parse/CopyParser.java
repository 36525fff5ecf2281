package io.sallyport.postgres.sql.parse;

import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;
import io.sallyport.postgres.sql.tree.Body;
import io.sallyport.postgres.sql.tree.Copy;
import io.sallyport.postgres.sql.tree.RelationName;
import io.sallyport.postgres.sql.tree.Statement.Flag;
import io.sallyport.postgres.sql.tree.StatementKind;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads COPY in all its forms, those of before 9.0 included. */
final class CopyParser {

    private final Grammar grammar;
    private final TokenCursor cursor;
    private @Nullable String format;
    private @Nullable String delimiter;
    private @Nullable String nullText;
    private @Nullable String quote;
    private @Nullable String escape;
    private @Nullable String encoding;
    private boolean header;

    CopyParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor;
    }

    void read(StatementDraft draft) {
        format = delimiter = nullText = quote = escape = encoding = null;
        header = false;
        cursor.expect("copy");
        if (cursor.accept("binary")) {
            format = "binary";
        }
        RelationName relation = null;
        List<String> columns = List.of();
        int queryStart = -1;
        int queryEnd = -1;
        if (cursor.at('(')) {
            cursor.next();
            queryStart = cursor.peek().start();
            Body body = grammar.body();
            queryEnd = cursor.lastEnd();
            cursor.expect(')');
            draft.run(body).unflag(Flag.RETURNS_ROWS);
        } else {
            relation = new RelationName(cursor.dottedName(), true);
            columns = cursor.at('(') ? grammar.queries.names() : List.of();
        }
        boolean in = cursor.accept("from");
        if (!in) {
            cursor.expect("to");
        }
        boolean program = cursor.accept("program");
        String place = null;
        if (program || cursor.at(TokenKind.STRING)) {
            place = cursor.string();
        } else if (!cursor.acceptAny("stdin", "stdout")) {
            throw cursor.unreadable();
        }
        if (cursor.at("using") || cursor.at("delimiters")) {
            cursor.accept("using");
            cursor.expect("delimiters");
            delimiter = cursor.string();
        }
        options();
        Copy.Options options = new Copy.Options(
                format == null ? "text" : format, delimiter, nullText, quote, escape, header, encoding);
        draft.copy(new Copy(relation, columns, queryStart, queryEnd, options));
        finish(draft, relation, in, program, place);
    }

    private void finish(
            StatementDraft draft,
            @Nullable RelationName relation,
            boolean in,
            boolean program,
            @Nullable String place) {
        if (in && cursor.accept("where")) {
            if (relation != null) {
                draft.over(relation);
            }
            draft.define(grammar.expression());
        }
        if (place != null) {
            String named = place.isEmpty() ? "*" : place;
            draft.kind(StatementKind.COPY_SERVER)
                    .act(
                            program ? PostgresVocabulary.COPY_PROGRAM : PostgresVocabulary.COPY_FILE,
                            program ? PostgresVocabulary.PROGRAM : PostgresVocabulary.FILE,
                            List.of(named));
        } else {
            draft.kind(in ? StatementKind.COPY_IN : StatementKind.COPY_OUT);
        }
        if (in) {
            draft.flag(Flag.WRITES);
        }
    }

    private void options() {
        cursor.accept("with");
        if (cursor.at('(')) {
            cursor.expect('(');
            do {
                option();
            } while (cursor.accept(','));
            cursor.expect(')');
            return;
        }
        while (!cursor.atEnd() && !cursor.at("where")) {
            oldOption();
        }
    }

    private void option() {
        String name = cursor.label();
        Token token = cursor.peek();
        String value = null;
        if (token.kind() == TokenKind.STRING) {
            value = cursor.string();
        } else if (token.isLabel()) {
            value = cursor.label();
        } else if (token.kind() == TokenKind.NUMBER) {
            cursor.next();
            value = cursor.text().substring(token.start(), token.end());
        } else if (token.is('(')) {
            cursor.next();
            cursor.skipToClosingParenthesis();
        } else if (token.is('*')) {
            cursor.next();
        }
        note(name, value);
    }

    private void note(String name, @Nullable String value) {
        switch (name) {
            case "format" -> format = Objects.requireNonNullElse(value, "text").toLowerCase(java.util.Locale.ROOT);
            case "delimiter" -> delimiter = value;
            case "null" -> nullText = value;
            case "quote" -> quote = value;
            case "escape" -> escape = value;
            case "encoding" -> encoding = value;
            case "header" ->
                header = value == null || !(value.equals("false") || value.equals("off") || value.equals("0"));
            default -> {}
        }
    }

    private void oldOption() {
        String name = cursor.label();
        switch (name) {
            case "binary", "csv" -> format = name;
            case "header" -> header = true;
            case "freeze" -> {}
            case "delimiter", "null", "quote", "escape" -> {
                cursor.accept("as");
                note(name, cursor.string());
            }
            case "encoding" -> encoding = cursor.string();
            case "force" -> forced();
            default -> throw cursor.unreadable();
        }
    }

    private void forced() {
        cursor.accept("not");
        if (!cursor.acceptAny("quote", "null")) {
            throw cursor.unreadable();
        }
        if (cursor.accept('*')) {
            return;
        }
        do {
            cursor.label();
        } while (cursor.accept(','));
    }
}
