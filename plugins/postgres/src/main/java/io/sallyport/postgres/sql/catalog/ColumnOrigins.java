package io.sallyport.postgres.sql.catalog;

import io.sallyport.postgres.sql.catalog.Catalog.Origin;
import io.sallyport.postgres.sql.catalog.Catalog.ViewColumn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds every column whose rules bear on a field of an answer. The answer's description names a table and attribute number;
 * where that is a view's, the columns behind it count too, and where it is a partition's or child's, its parents' and
 * children's of that name.
 */
public final class ColumnOrigins {

    private static final int MOST = 10_000;

    private ColumnOrigins() {}

    /**
     * The column itself and all that it stands for.
     *
     * @param oid the table's OID as the answer's description has it
     * @param number the attribute number
     * @return empty if the catalog does not know the column: then nothing is known of it
     */
    public static List<Origin> of(Catalog catalog, int oid, int number) {
        Relation relation = catalog.relation(oid);
        int index = relation == null ? -1 : relation.indexOf(number);
        if (relation == null || index < 0) {
            return List.of();
        }
        Set<Origin> found = new LinkedHashSet<>();
        List<Origin> open = new ArrayList<>();
        open.add(new Origin(relation, relation.columns().get(index).name()));
        while (!open.isEmpty() && found.size() < MOST) {
            Origin origin = open.remove(open.size() - 1);
            if (found.add(origin)) {
                next(catalog, origin, open);
            }
        }
        return List.copyOf(found);
    }

    private static void next(Catalog catalog, Origin origin, List<Origin> open) {
        Relation relation = origin.relation();
        if (relation.isSystem()) {
            return;
        }
        if (relation.kind().isView()) {
            List<ViewColumn> lineage = catalog.lineage(relation);
            int index = relation.indexOf(origin.column());
            open.addAll(
                    lineage == null || index < 0
                            ? catalog.dependencies(relation)
                            : lineage.get(index).origins());
            return;
        }
        List<Relation> kin = new ArrayList<>(catalog.parents(relation));
        kin.addAll(catalog.children(relation));
        for (Relation one : kin) {
            if (one.indexOf(origin.column()) >= 0) {
                open.add(new Origin(one, origin.column()));
            }
        }
    }
}
