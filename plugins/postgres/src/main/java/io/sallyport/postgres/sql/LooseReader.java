package io.sallyport.postgres.sql;

import io.sallyport.api.action.Resource;
import io.sallyport.api.action.Verb;
import io.sallyport.postgres.sql.catalog.Relation;
import io.sallyport.postgres.sql.lex.Lexer;
import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;
import io.sallyport.postgres.sql.resolve.AccessCollector;
import io.sallyport.postgres.sql.resolve.Names;
import io.sallyport.postgres.sql.resolve.Resolver;
import io.sallyport.postgres.sql.tree.RelationName;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Guesses what a statement might do that could not be read, so that deny rules have something to hold on to: every verb
 * whose word occurs, on every relation whose name occurs. The statement is opaque besides.
 */
final class LooseReader {

    private static final int MOST_NAMES = 64;

    private static final Map<String, Verb> VERBS = Map.ofEntries(
            Map.entry("select", PostgresVocabulary.SELECT),
            Map.entry("table", PostgresVocabulary.SELECT),
            Map.entry("insert", PostgresVocabulary.INSERT),
            Map.entry("update", PostgresVocabulary.UPDATE),
            Map.entry("delete", PostgresVocabulary.DELETE),
            Map.entry("merge", PostgresVocabulary.MERGE),
            Map.entry("truncate", PostgresVocabulary.TRUNCATE),
            Map.entry("create", PostgresVocabulary.CREATE),
            Map.entry("alter", PostgresVocabulary.ALTER),
            Map.entry("drop", PostgresVocabulary.DROP),
            Map.entry("copy", PostgresVocabulary.COPY_OUT),
            Map.entry("call", PostgresVocabulary.CALL),
            Map.entry("grant", PostgresVocabulary.GRANT),
            Map.entry("revoke", PostgresVocabulary.REVOKE));

    private final Resolver resolver;
    private final Names names;
    private final Set<Verb> verbs = new LinkedHashSet<>();
    private final Set<List<String>> chains = new LinkedHashSet<>();

    LooseReader(Resolver resolver, Names names) {
        this.resolver = resolver;
        this.names = names;
    }

    /** Reads the piece of the text. */
    void read(String text, boolean standardConformingStrings, int start, int end) {
        Lexer lexer = new Lexer(text, standardConformingStrings);
        lexer.seek(start);
        Token token = lexer.next();
        while (token.kind() != TokenKind.END && token.start() < end) {
            token = token.isLabel() ? chain(lexer, token) : lexer.next();
        }
        verbs.forEach(this::note);
    }

    private Token chain(Lexer lexer, Token first) {
        if (first.word() != null && VERBS.containsKey(first.word().text())) {
            verbs.add(VERBS.get(first.word().text()));
        }
        List<String> chain = new ArrayList<>(2);
        chain.add(Objects.requireNonNull(first.name()));
        Token token = lexer.next();
        while (token.is('.')) {
            token = lexer.next();
            if (!token.isLabel()) {
                break;
            }
            chain.add(Objects.requireNonNull(token.name()));
            token = lexer.next();
        }
        if (chains.size() < MOST_NAMES) {
            chains.add(chain);
        }
        return token;
    }

    private void note(Verb verb) {
        boolean any = false;
        for (List<String> chain : chains) {
            for (int length = Math.min(3, chain.size()); length > 0; length--) {
                List<String> prefix = chain.subList(0, length);
                if (!names.relations(prefix).isEmpty()) {
                    resolver.relation(verb, new RelationName(prefix, false), AccessCollector.NO_WHERE);
                    any = true;
                    break;
                }
            }
        }
        if (!any) {
            resolver.accesses().add(verb, Resource.unresolved(Relation.RESOURCE_KIND, "*"), AccessCollector.NO_WHERE);
        }
    }
}
