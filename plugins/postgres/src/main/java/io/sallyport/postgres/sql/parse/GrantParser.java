package io.sallyport.postgres.sql.parse;

import io.sallyport.api.action.Verb;
import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.parse.ObjectKinds.ObjectKind;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.ArrayList;
import java.util.List;

/** Reads GRANT and REVOKE. */
final class GrantParser {

    private final TokenCursor cursor;

    GrantParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    void read(StatementDraft draft) {
        draft.definition();
        Verb verb = cursor.next().is("grant") ? PostgresVocabulary.GRANT : PostgresVocabulary.REVOKE;
        if (verb.equals(PostgresVocabulary.REVOKE) && cursor.peek(1).is("option")) {
            cursor.next();
            cursor.next();
            cursor.expect("for");
        }
        List<String> roles = new ArrayList<>();
        while (!cursor.at("on") && !cursor.at("to") && !cursor.at("from")) {
            Token token = cursor.next();
            if (token.is('(')) {
                cursor.skipToClosingParenthesis();
            } else if (token.isLabel()) {
                roles.add(java.util.Objects.requireNonNull(token.name()));
            } else if (!token.is(',')) {
                throw cursor.unreadable();
            }
        }
        if (cursor.accept("on")) {
            objects(draft, verb);
        } else {
            roles.forEach(role -> draft.act(verb, PostgresVocabulary.ROLE, List.of(role)));
        }
        while (!cursor.atEnd()) {
            cursor.next();
        }
    }

    private void objects(StatementDraft draft, Verb verb) {
        if (cursor.accept("all")) {
            allInSchema(draft, verb);
            return;
        }
        ObjectKind kind = kind();
        if (kind == null) {
            throw cursor.unreadable();
        }
        do {
            if (kind.kind().equals(PostgresVocabulary.OBJECT)) {
                draft.object(verb, kind.spelling(), String.join(".", cursor.dottedName()));
            } else if (kind.kind().equals(PostgresVocabulary.LARGE_OBJECT)) {
                Token number = cursor.next();
                draft.act(verb, kind.kind(), List.of(cursor.text().substring(number.start(), number.end())));
            } else {
                draft.act(verb, kind.kind(), cursor.dottedName());
                if (cursor.accept('(')) {
                    cursor.skipToClosingParenthesis();
                }
            }
        } while (cursor.accept(','));
    }

    private @org.jspecify.annotations.Nullable ObjectKind kind() {
        Token second = cursor.peek(1);
        boolean bare = second.is(',') || second.is('.') || second.is("to") || second.is("from");
        if (bare) {
            return new ObjectKind(PostgresVocabulary.RELATION, "table");
        }
        if (cursor.accept("parameter")) {
            return new ObjectKind(PostgresVocabulary.SETTING, "parameter");
        }
        if (cursor.at("foreign") && cursor.peek(1).is("server")) {
            cursor.next();
        }
        return new ObjectKinds(cursor).read();
    }

    private void allInSchema(StatementDraft draft, Verb verb) {
        cursor.label();
        cursor.expect("in");
        cursor.expect("schema");
        do {
            draft.act(verb, PostgresVocabulary.SCHEMA, List.of(cursor.columnName()));
        } while (cursor.accept(','));
        draft.opaque("it acts on all objects of a schema");
    }
}
