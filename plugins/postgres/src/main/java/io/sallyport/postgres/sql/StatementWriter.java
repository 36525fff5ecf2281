package io.sallyport.postgres.sql;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.postgres.sql.lex.Lexer;
import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;
import io.sallyport.postgres.sql.resolve.AccessCollector;
import io.sallyport.postgres.sql.resolve.Names;
import io.sallyport.postgres.sql.resolve.Resolver;
import io.sallyport.postgres.sql.resolve.Settings;
import io.sallyport.postgres.sql.tree.Act;
import io.sallyport.postgres.sql.tree.Body;
import io.sallyport.postgres.sql.tree.Copy;
import io.sallyport.postgres.sql.tree.RelationName;
import io.sallyport.postgres.sql.tree.Statement;
import io.sallyport.postgres.sql.tree.Statement.BodyUse;
import io.sallyport.postgres.sql.tree.Statement.Flag;
import io.sallyport.postgres.sql.tree.StatementKind;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Turns statements that were read into accesses, one after the other, each seeing what those before it made. */
final class StatementWriter {

    private final Resolver resolver;
    private final Names names;
    private final PreparedStatements preparedStatements;
    private final Map<String, Prepared> preparedHere = new HashMap<>(0);
    private boolean dependsOnSession;

    StatementWriter(Resolver resolver, Names names, PreparedStatements preparedStatements) {
        this.resolver = resolver;
        this.names = names;
        this.preparedStatements = preparedStatements;
    }

    private record Prepared(Body body, Set<Flag> flags) {}

    boolean dependsOnSession() {
        return dependsOnSession;
    }

    /** Notes what the statement does; adds to its flags what only the names tell. */
    void write(Statement statement, Set<Flag> flags) {
        int before = resolver.accesses().size();
        if (statement.opaqueBecause() != null) {
            resolver.opaque(statement.opaqueBecause());
        }
        body(statement);
        for (int i = 0; i < statement.definitions().size(); i++) {
            resolver.define(statement.definitions().get(i), statement.over());
        }
        copy(statement);
        for (Act act : statement.acts()) {
            act(act);
            if (act.verb().equals(PostgresVocabulary.EXECUTE)) {
                executed(act.names().get(0), statement, flags);
            }
        }
        setting(statement, flags);
        if (statement.kind() == StatementKind.PREPARE && statement.body() != null && statement.name() != null) {
            preparedHere.put(statement.name(), new Prepared(statement.body(), statement.flags()));
        }
        if (statement.kind() == StatementKind.EXPLAIN && statement.use() == BodyUse.MEASURE) {
            resolver.accesses().mark(before, AccessCollector.EXPLAIN_ANALYZE);
        }
        if (statement.kind() == StatementKind.DISCARD) {
            names.forgetPath();
        }
    }

    private void body(Statement statement) {
        Body body = statement.body();
        if (body == null) {
            return;
        }
        int before = resolver.accesses().size();
        boolean toFile = statement.kind() == StatementKind.COPY_SERVER;
        if (statement.use() == BodyUse.PLAN) {
            resolver.plan(body);
        } else {
            resolver.run(body, statement.use() == BodyUse.STORE || toFile || storedByExplain(statement));
        }
        if (statement.kind() == StatementKind.COPY_OUT || toFile) {
            resolver.accesses().alsoAs(before, PostgresVocabulary.SELECT, PostgresVocabulary.COPY_OUT);
        }
    }

    private static boolean storedByExplain(Statement statement) {
        return statement.kind() == StatementKind.EXPLAIN
                && statement.acts().stream().anyMatch(act -> act.verb().equals(PostgresVocabulary.CREATE));
    }

    private void copy(Statement statement) {
        Copy copy = statement.copy();
        if (copy == null || copy.relation() == null) {
            return;
        }
        boolean in = statement.kind() == StatementKind.COPY_IN
                || (statement.kind() == StatementKind.COPY_SERVER
                        && statement.flags().contains(Flag.WRITES));
        RelationName relation = Objects.requireNonNull(copy.relation());
        int trait = statement.kind() == StatementKind.COPY_OUT ? AccessCollector.OUTPUT : AccessCollector.STORED;
        resolver.copy(relation, copy.columns(), in, trait);
    }

    private void executed(String name, Statement statement, Set<Flag> flags) {
        Prepared here = preparedHere.get(name);
        if (here != null) {
            flags.addAll(here.flags());
            resolver.run(here.body(), statement.kind() == StatementKind.DEFINITION);
            return;
        }
        dependsOnSession = true;
        StatementAnalysis prepared = preparedStatements.find(name);
        if (prepared == null) {
            resolver.opaque("EXECUTE names a statement that this session did not prepare");
            flags.add(Flag.BARRIER);
            return;
        }
        prepared.parts().forEach(part -> flags.addAll(part.flags()));
        for (Access access : prepared.analysis().accesses()) {
            resolver.accesses().addAll(List.of(access));
        }
        String because = prepared.analysis().opaqueBecause();
        if (because != null) {
            resolver.opaque(because);
        }
        if (statement.kind() == StatementKind.DEFINITION) {
            resolver.opaque("it stores what a prepared statement yields");
        }
    }

    private void setting(Statement statement, Set<Flag> flags) {
        Statement.Setting setting = statement.setting();
        if (setting == null) {
            return;
        }
        Settings.note(resolver, setting.name(), setting.value());
        if (Settings.changesMeaning(setting.name())) {
            flags.add(Flag.BARRIER);
            names.forgetPath();
        }
    }

    private void act(Act act) {
        ResourceKind kind = act.kind();
        if (kind.equals(PostgresVocabulary.RELATION)) {
            relation(act);
        } else if (kind.equals(PostgresVocabulary.FUNCTION)) {
            function(act);
        } else if (kind.equals(PostgresVocabulary.TYPE) || kind.equals(PostgresVocabulary.OPERATOR)) {
            resolver.accesses().add(act.verb(), inOnlySchema(kind, act.names()), 0);
        } else {
            resolver.accesses().add(act.verb(), new Resource(kind, act.names(), true), 0);
        }
    }

    private void relation(Act act) {
        RelationName name = new RelationName(act.names(), false);
        if (act.making()) {
            resolver.make(act.verb(), name);
        } else if (act.column() != null) {
            resolver.column(act.verb(), name, act.column());
        } else {
            resolver.relation(act.verb(), name, 0);
        }
    }

    private void function(Act act) {
        List<String> parts = act.names();
        String last = parts.get(parts.size() - 1);
        if (act.making()) {
            names.makeFunction(last);
            String schema = parts.size() > 1 ? parts.get(parts.size() - 2) : names.creationSchema();
            resolver.accesses().add(act.verb(), named(PostgresVocabulary.FUNCTION, schema, last), 0);
            return;
        }
        List<String> schemas = names.functionSchemas(parts);
        if (schemas.isEmpty()) {
            resolver.accesses().add(act.verb(), Resource.unresolved(PostgresVocabulary.FUNCTION, last), 0);
        }
        for (String schema : schemas) {
            resolver.accesses().add(act.verb(), Resource.of(PostgresVocabulary.FUNCTION, schema, last), 0);
        }
    }

    private Resource inOnlySchema(ResourceKind kind, List<String> parts) {
        String last = parts.get(parts.size() - 1);
        return named(kind, parts.size() > 1 ? parts.get(parts.size() - 2) : names.onlySchema(), last);
    }

    private static Resource named(ResourceKind kind, @org.jspecify.annotations.Nullable String schema, String last) {
        return schema == null ? Resource.unresolved(kind, last) : Resource.of(kind, schema, last);
    }

    /** The places of connection strings in calls of dblink's functions. */
    List<int[]> secrets(String text, Lexer lexer, Statement statement) {
        if (!text.contains("dblink")) {
            return List.of();
        }
        List<int[]> places = new ArrayList<>();
        Lexer own = new Lexer(text, lexer.standardConformingStrings());
        own.seek(statement.start());
        boolean behind = false;
        for (Token token = own.next();
                token.kind() != TokenKind.END && token.start() < statement.end();
                token = own.next()) {
            behind |= token.name() != null && token.name().startsWith("dblink");
            if (behind
                    && token.kind() == TokenKind.STRING
                    && text.substring(token.start(), token.end()).contains("=")) {
                places.add(new int[] {token.start(), token.end()});
            }
        }
        return places;
    }
}
