package io.sallyport.postgres.sql.catalog;

import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A relation of the snapshot.
 *
 * <p>Immutable. Two are the same if they are the same object.
 */
public final class Relation {

    /** The kind of resource that relations and their columns are. */
    public static final ResourceKind RESOURCE_KIND = PostgresVocabulary.RELATION;

    private final int oid;
    private final String schema;
    private final String spokenSchema;
    private final String name;
    private final RelationKind kind;
    private final List<Column> columns;
    private final @Nullable String definition;
    private final Resource resource;
    private final Resource[] columnResources;

    Relation(
            int oid, String schema, String name, RelationKind kind, List<Column> columns, @Nullable String definition) {
        this.oid = oid;
        this.schema = schema;
        this.name = name;
        this.kind = kind;
        this.columns = List.copyOf(columns);
        this.definition = definition;
        this.spokenSchema = schema.startsWith("pg_temp_") ? "pg_temp" : schema;
        this.resource = Resource.of(RESOURCE_KIND, spokenSchema, name);
        this.columnResources = new Resource[columns.size()];
        for (int i = 0; i < columnResources.length; i++) {
            columnResources[i] = Resource.of(
                    RESOURCE_KIND, spokenSchema, name, columns.get(i).name());
        }
    }

    /** A relation that the snapshot does not hold, such as one that the same message creates; nothing else is known. */
    public static Relation unlisted(String schema, String name) {
        return new Relation(0, schema, name, RelationKind.OTHER, List.of(), null);
    }

    /**
     * A column.
     *
     * @param name its name
     * @param number its attribute number
     * @param type the OID of its type
     */
    public record Column(String name, int number, int type) {}

    /** Its OID, unsigned; 0 if unlisted. */
    public int oid() {
        return oid;
    }

    /** Its schema. */
    public String schema() {
        return schema;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** What it is. */
    public RelationKind kind() {
        return kind;
    }

    /** Its columns by attribute number, dropped ones left out; empty if they are not known. */
    public List<Column> columns() {
        return columns;
    }

    /** The query that defines it, names qualified as with an empty search_path; null for all but views. */
    public @Nullable String definition() {
        return definition;
    }

    /** The relation as a resource; the schema of temporary relations is {@code pg_temp}, whatever its number. */
    public Resource resource() {
        return resource;
    }

    /** The index in {@link #columns()} of the column, or -1. */
    public int indexOf(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        return -1;
    }

    /** The index in {@link #columns()} of the attribute number, or -1. */
    public int indexOf(int number) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).number() == number) {
                return i;
            }
        }
        return -1;
    }

    /** A column as a resource. */
    public Resource columnResource(int index) {
        return columnResources[index];
    }

    /** A column as a resource, whether listed or not. */
    public Resource columnResource(String column) {
        int index = indexOf(column);
        return index >= 0 ? columnResources[index] : Resource.of(RESOURCE_KIND, spokenSchema, name, column);
    }

    /** Whether it belongs to the server itself. */
    public boolean isSystem() {
        return schema.equals("pg_catalog") || schema.equals("information_schema");
    }

    @Override
    public String toString() {
        return resource.toString();
    }
}
