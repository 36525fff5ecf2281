package io.sallyport.postgres.sql;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Analysis;
import io.sallyport.postgres.sql.StatementAnalysis.Part;
import io.sallyport.postgres.sql.lex.Lexer;
import io.sallyport.postgres.sql.lex.LexicalException;
import io.sallyport.postgres.sql.lex.StatementSplitter;
import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;
import io.sallyport.postgres.sql.parse.StatementParser;
import io.sallyport.postgres.sql.parse.TokenCursor;
import io.sallyport.postgres.sql.parse.UnreadableException;
import io.sallyport.postgres.sql.resolve.AccessCollector;
import io.sallyport.postgres.sql.resolve.Names;
import io.sallyport.postgres.sql.resolve.Resolver;
import io.sallyport.postgres.sql.tree.Statement;
import io.sallyport.postgres.sql.tree.Statement.Flag;
import io.sallyport.postgres.sql.tree.StatementKind;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads the statements of one message, one after the other, and puts together what they do. */
final class MessageReader {

    private final String text;
    private final SqlContext context;
    private final Lexer lexer;
    private final Names names;
    private final Resolver resolver;
    private final StatementWriter writer;
    private final List<Part> parts = new ArrayList<>(1);
    private final List<int[]> secrets = new ArrayList<>(0);

    MessageReader(String text, SqlContext context) {
        this.text = text;
        this.context = context;
        this.lexer = new Lexer(text, context.standardConformingStrings());
        this.names = new Names(context.catalog(), context.searchPath());
        this.resolver = new Resolver(names);
        this.writer = new StatementWriter(resolver, names, context.preparedStatements());
    }

    StatementAnalysis read() {
        try {
            statements();
        } catch (LexicalException e) {
            resolver.opaque("it has " + e.getMessage() + " at character " + (e.position() + 1));
            parts.add(new Part(
                    StatementKind.UNREADABLE, 0, text.length(), null, null, EnumSet.of(Flag.BARRIER, Flag.WRITES)));
        } catch (StackOverflowError e) {
            resolver.opaque("it nests too deeply");
            parts.add(new Part(
                    StatementKind.UNREADABLE, 0, text.length(), null, null, EnumSet.of(Flag.BARRIER, Flag.WRITES)));
        }
        List<Access> known = ClientTexts.accesses(text);
        if (known != null) {
            return new StatementAnalysis(text, Analysis.exact(text, known), parts, false, false);
        }
        AccessCollector accesses = resolver.accesses();
        if (parts.size() > 1) {
            accesses.mark(0, AccessCollector.MULTI_STATEMENT);
        }
        String shown = Redaction.without(text, secrets);
        String because = resolver.opaqueBecause();
        Analysis analysis = because == null
                ? Analysis.exact(shown, accesses.toList())
                : Analysis.opaque(shown, accesses.toList(), because);
        return new StatementAnalysis(text, analysis, parts, writer.dependsOnSession(), resolver.unknownNames());
    }

    private void statements() {
        TokenCursor cursor = new TokenCursor(lexer);
        StatementParser parser = new StatementParser(cursor);
        while (true) {
            Token token = cursor.peek();
            if (token.kind() == TokenKind.END) {
                return;
            }
            if (token.is(';')) {
                cursor.next();
                continue;
            }
            int start = token.start();
            Statement statement;
            try {
                statement = parser.statement();
            } catch (UnreadableException e) {
                unreadable(start, e);
                lexer.seek(start);
                int end = StatementSplitter.endOf(lexer);
                cursor = new TokenCursor(lexer);
                cursor.seek(end);
                parser = new StatementParser(cursor);
                continue;
            }
            write(statement);
        }
    }

    private void write(Statement statement) {
        int before = resolver.accesses().size();
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        flags.addAll(statement.flags());
        boolean exactBefore = resolver.opaqueBecause() == null;
        writer.write(statement, flags);
        if (resolver.accesses().hasVerb(before, PostgresVocabulary.CALL)
                || (exactBefore && resolver.opaqueBecause() != null)) {
            flags.add(Flag.BARRIER);
        }
        if (resolver.setsUnreadableEncoding()) {
            flags.add(Flag.UNREADABLE_ENCODING);
        }
        if (!names.pathKnown()) {
            flags.add(Flag.BARRIER);
        }
        secrets.addAll(statement.secrets());
        secrets.addAll(writer.secrets(text, lexer, statement));
        parts.add(new Part(
                statement.kind(), statement.start(), statement.end(), statement.name(), statement.copy(), flags));
    }

    private void unreadable(int start, UnreadableException e) {
        lexer.seek(start);
        int end = StatementSplitter.endOf(lexer);
        resolver.opaque(String.valueOf(e.getMessage()));
        new LooseReader(resolver, names).read(text, context.standardConformingStrings(), start, end);
        secrets.addAll(Redaction.everyStringBehindPassword(text, context.standardConformingStrings(), start, end));
        names.forgetPath();
        parts.add(new Part(
                StatementKind.UNREADABLE,
                start,
                end,
                null,
                null,
                EnumSet.of(Flag.BARRIER, Flag.WRITES, Flag.CHANGES_CATALOG, Flag.RETURNS_ROWS)));
    }
}
