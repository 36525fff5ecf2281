package io.sallyport.postgres.sql.resolve;

import io.sallyport.api.action.Resource;
import io.sallyport.postgres.sql.function.FunctionEffect;
import io.sallyport.postgres.sql.function.Functions;
import io.sallyport.postgres.sql.lex.Lexer;
import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;
import io.sallyport.postgres.sql.tree.Expression;
import io.sallyport.postgres.sql.tree.FunctionCall;
import io.sallyport.postgres.sql.tree.Part;
import io.sallyport.postgres.sql.tree.RelationName;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Notes what calls do: nothing for those listed as harmless, a known effect for some, {@code call} for all others. */
final class FunctionResolver {

    private static final String SYSTEM = "pg_catalog";

    private final Resolver resolver;

    FunctionResolver(Resolver resolver) {
        this.resolver = resolver;
    }

    /** The name under which a call in FROM is known, null if it is no call. */
    static @Nullable String nameOf(Expression expression) {
        for (Part part : expression.parts()) {
            if (part instanceof FunctionCall call) {
                return call.name().get(call.name().size() - 1);
            }
        }
        return null;
    }

    /** Notes a call. */
    void call(FunctionCall call) {
        List<String> name = call.name();
        String last = name.get(name.size() - 1);
        List<String> schemas = resolver.names.functionSchemas(name);
        if (schemas.isEmpty()) {
            unlisted(call, last);
        }
        for (String schema : schemas) {
            if (!schema.equals(SYSTEM)) {
                plainCall(schema, last, call);
            } else if (!Functions.isHarmless(last)) {
                effect(call, last, Resource.of(PostgresVocabulary.FUNCTION, SYSTEM, last));
            }
        }
    }

    /** The catalog has no such function: if it is the system's by name it is taken for that, unless the message makes it. */
    private void unlisted(FunctionCall call, String last) {
        if (resolver.names.makesFunction(last) || !Functions.isHarmless(last)) {
            effect(call, last, Resource.unresolved(PostgresVocabulary.FUNCTION, last));
        }
    }

    private void plainCall(String schema, String last, FunctionCall call) {
        FunctionEffect effect = Functions.effect(last);
        boolean outside = effect == FunctionEffect.OUTSIDE || effect == FunctionEffect.DYNAMIC;
        if (schema.equals("information_schema") && last.startsWith("_pg_")) {
            return;
        }
        resolver.accesses.add(
                PostgresVocabulary.CALL,
                Resource.of(PostgresVocabulary.FUNCTION, schema, last),
                outside ? AccessCollector.DYNAMIC : 0);
        if (outside) {
            special(call, last, effect);
        }
    }

    private void effect(FunctionCall call, String last, Resource function) {
        FunctionEffect effect = Functions.effect(last);
        boolean dynamic = effect == FunctionEffect.DYNAMIC || effect == FunctionEffect.OUTSIDE;
        if (dynamic || effect == FunctionEffect.CALL || effect == FunctionEffect.FILE || !special(call, last, effect)) {
            resolver.accesses.add(PostgresVocabulary.CALL, function, dynamic ? AccessCollector.DYNAMIC : 0);
            if (effect == FunctionEffect.FILE || dynamic) {
                special(call, last, effect);
            }
        }
    }

    /** Notes an effect beyond the call itself; false if it is not known what the call is for. */
    private boolean special(FunctionCall call, String last, FunctionEffect effect) {
        String argument = literal(call, 0);
        switch (effect) {
            case SETTING -> setting(call, argument);
            case SEQUENCE_WRITE, SEQUENCE_READ -> {
                return sequence(argument, effect == FunctionEffect.SEQUENCE_WRITE);
            }
            case CHANNEL -> {
                Resource channel = argument == null
                        ? Resource.unresolved(PostgresVocabulary.CHANNEL, "*")
                        : Resource.of(PostgresVocabulary.CHANNEL, argument);
                resolver.accesses.add(PostgresVocabulary.NOTIFY, channel, 0);
            }
            case ADVISORY ->
                resolver.accesses.add(PostgresVocabulary.LOCK, Resource.of(PostgresVocabulary.ADVISORY, "*"), 0);
            case FILE -> {
                String path = last.equals("lo_export") ? literal(call, 1) : argument;
                String file = path == null || path.isEmpty() ? "*" : path;
                resolver.accesses.add(PostgresVocabulary.COPY_FILE, Resource.of(PostgresVocabulary.FILE, file), 0);
            }
            case OUTSIDE -> {
                resolver.accesses.add(
                        PostgresVocabulary.COPY_PROGRAM, Resource.of(PostgresVocabulary.PROGRAM, last), 0);
                resolver.opaque(last + " runs text on another server");
            }
            case DYNAMIC -> resolver.opaque(last + " runs a query that it gets as text");
            case CALL -> {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String literal(FunctionCall call, int index) {
        return index < call.arguments().size() ? call.arguments().get(index).literal() : null;
    }

    private void setting(FunctionCall call, @Nullable String name) {
        String setting = name == null ? "*" : lower(name);
        Settings.note(resolver, setting, literal(call, 1));
        if (name == null || Settings.changesMeaning(setting)) {
            resolver.names.forgetPath();
        }
    }

    private static String lower(String name) {
        StringBuilder lower = new StringBuilder(name.length());
        name.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
        return lower.toString();
    }

    private boolean sequence(@Nullable String literal, boolean write) {
        List<String> names = literal == null ? List.of() : names(literal);
        if (names.isEmpty() || names.size() > 3) {
            return false;
        }
        resolver.relation(
                write ? PostgresVocabulary.UPDATE : PostgresVocabulary.SELECT, new RelationName(names, true), 0);
        return true;
    }

    /** The names that a text spells as regclass reads it. */
    private static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        try {
            Lexer lexer = new Lexer(text, true);
            for (Token token = lexer.next(); token.kind() != TokenKind.END; token = lexer.next()) {
                if (token.isLabel()) {
                    names.add(Objects.requireNonNull(token.name()));
                } else if (!token.is('.')) {
                    return List.of();
                }
            }
        } catch (io.sallyport.postgres.sql.lex.LexicalException e) {
            return List.of();
        }
        return names;
    }

    /** Notes a call if a function of that name exists that is not harmless: a field may be a call in disguise. */
    void maybe(String name) {
        List<String> schemas = resolver.names.functionSchemas(List.of(name));
        if (!schemas.isEmpty() || resolver.names.makesFunction(name)) {
            call(new FunctionCall(List.of(name), List.of()));
        }
    }

    /** Notes the use of an operator that is not the system's own by name. */
    void operator(List<String> name) {
        String last = name.get(name.size() - 1);
        if (name.size() > 1) {
            resolver.opaque("it names an operator by its schema");
            resolver.accesses.add(
                    PostgresVocabulary.CALL,
                    Resource.of(PostgresVocabulary.OPERATOR, name.get(name.size() - 2), last),
                    0);
            return;
        }
        List<String> schemas = resolver.names.catalog().operatorSchemas(last);
        if (schemas.isEmpty()) {
            resolver.accesses.add(PostgresVocabulary.CALL, Resource.unresolved(PostgresVocabulary.OPERATOR, last), 0);
        }
        for (String schema : schemas) {
            resolver.accesses.add(PostgresVocabulary.CALL, Resource.of(PostgresVocabulary.OPERATOR, schema, last), 0);
        }
    }
}
