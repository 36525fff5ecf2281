package io.sallyport.postgres;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.Verb;
import io.sallyport.postgres.statement.Effect;
import io.sallyport.postgres.statement.Names;
import io.sallyport.postgres.statement.Reading;
import io.sallyport.postgres.statement.StatementReader;
import io.sallyport.postgres.statement.Surroundings;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads only the first word of a statement, and columns of relations: enough to drive a relay. */
final class NaiveReader implements StatementReader {

    private static final ResourceKind RELATION = new ResourceKind("", '.', true);
    private static final ResourceKind FUNCTION = new ResourceKind("function", '.', false);

    @Override
    public Reading read(String text, Surroundings surroundings) {
        Set<Effect> effects = EnumSet.noneOf(Effect.class);
        String upper = text.toUpperCase(Locale.ROOT);
        if (upper.contains("SET ") && !upper.startsWith("UPDATE")) {
            effects.add(Effect.CHANGES_SETTINGS);
        }
        if (upper.contains("CREATE ") || upper.contains("DROP ") || upper.contains("ALTER ")) {
            effects.add(Effect.CHANGES_CATALOG);
        }
        if (upper.startsWith("ROLLBACK") || upper.startsWith("COMMIT")) {
            effects.add(Effect.ENDS_TRANSACTION);
        }
        if (upper.startsWith("COPY")) {
            effects.add(upper.contains("FROM STDIN") ? Effect.COPY_IN : Effect.COPY_OUT);
        }
        return new Reading(text, Analysis.exact(text, List.of()), effects, copySource(text, upper));
    }

    private static @Nullable String copySource(String text, String upper) {
        int to = upper.indexOf(" TO STDOUT");
        if (!upper.startsWith("COPY ") || to < 0) {
            return null;
        }
        String source = text.substring(5, to).trim();
        return source.startsWith("(") ? source.substring(1, source.length() - 1) : "TABLE " + source;
    }

    @Override
    public Reading call(Names names, int function) {
        Resource resource = names.function(function);
        Analysis analysis = resource == null
                ? Analysis.opaque("call " + function, List.of(), "unknown function")
                : Analysis.exact("call " + resource, List.of(Access.of(new Verb("call"), resource)));
        return new Reading(analysis.text(), analysis, Set.of(), null);
    }

    @Override
    public List<String> catalogQueries() {
        return List.of(
                "SELECT a.attrelid::text, a.attnum::text, n.nspname, c.relname, a.attname FROM pg_attribute a"
                        + " JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE a.attnum > 0",
                "SELECT p.oid::text, n.nspname, p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace");
    }

    @Override
    public Names names(List<List<@Nullable String[]>> answers) {
        Map<Long, Resource> columns = new HashMap<>();
        Map<Integer, Resource> functions = new HashMap<>();
        if (!answers.isEmpty()) {
            for (@Nullable String[] row : answers.get(0)) {
                long relation = Long.parseLong(text(row[0]));
                columns.put(
                        relation << 16 | Long.parseLong(text(row[1])),
                        Resource.of(RELATION, text(row[2]), text(row[3]), text(row[4])));
            }
            for (@Nullable String[] row : answers.get(1)) {
                functions.put(Integer.parseInt(text(row[0])), Resource.of(FUNCTION, text(row[1]), text(row[2])));
            }
        }
        return new Names() {
            @Override
            public @Nullable Resource column(int relation, int attribute) {
                return columns.get((long) relation << 16 | attribute);
            }

            @Override
            public @Nullable Resource function(int oid) {
                return functions.get(oid);
            }
        };
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
