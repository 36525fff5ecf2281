package io.sallyport.postgres.sql.catalog;

import io.sallyport.postgres.sql.function.FunctionEffect;
import io.sallyport.postgres.sql.function.Functions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The catalog of a database that nobody has looked at. What begins with {@code pg_} is taken for the server's own; nothing
 * else is known.
 */
public final class UnseenCatalog implements Catalog {

    private static final String SYSTEM = "pg_catalog";

    /** Without state. */
    public UnseenCatalog() {}

    @Override
    public long version() {
        return 0;
    }

    @Override
    public String database() {
        return "";
    }

    @Override
    public @Nullable Relation relation(String schema, String name) {
        return schema.equals(SYSTEM) && name.startsWith("pg_") ? Relation.unlisted(schema, name) : null;
    }

    @Override
    public @Nullable Relation relation(int oid) {
        return null;
    }

    @Override
    public List<String> functionSchemas(String name) {
        boolean system =
                Functions.isHarmless(name) || name.startsWith("pg_") || Functions.effect(name) != FunctionEffect.CALL;
        return system ? List.of(SYSTEM) : List.of();
    }

    @Override
    public List<String> operatorSchemas(String name) {
        return List.of();
    }

    @Override
    public List<Relation> parents(Relation relation) {
        return List.of();
    }

    @Override
    public List<Relation> children(Relation relation) {
        return List.of();
    }

    @Override
    public List<Relation> bases(Relation view) {
        return List.of();
    }

    @Override
    public @Nullable List<ViewColumn> lineage(Relation view) {
        return null;
    }

    @Override
    public List<Origin> dependencies(Relation view) {
        return List.of();
    }
}
