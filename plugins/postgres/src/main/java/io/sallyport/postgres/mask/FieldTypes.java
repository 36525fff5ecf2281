package io.sallyport.postgres.mask;

import io.sallyport.api.guardrail.Field;
import java.util.Map;

/** What sort of value the built-in types hold, by the OIDs of pg_type.dat, which never change. */
final class FieldTypes {

    static final int BOOL = 16;
    static final int BYTEA = 17;
    static final int INT8 = 20;
    static final int INT2 = 21;
    static final int INT4 = 23;
    static final int OID = 26;
    static final int JSON = 114;
    static final int FLOAT4 = 700;
    static final int FLOAT8 = 701;
    static final int CIDR = 650;
    static final int MONEY = 790;
    static final int INET = 869;
    static final int DATE = 1082;
    static final int TIME = 1083;
    static final int TIMESTAMP = 1114;
    static final int TIMESTAMPTZ = 1184;
    static final int INTERVAL = 1186;
    static final int TIMETZ = 1266;
    static final int NUMERIC = 1700;
    static final int UUID = 2950;
    static final int JSONB = 3802;

    private static final Map<Integer, Field.Type> TYPES = Map.ofEntries(
            Map.entry(18, Field.Type.TEXT),
            Map.entry(19, Field.Type.TEXT),
            Map.entry(25, Field.Type.TEXT),
            Map.entry(142, Field.Type.TEXT),
            Map.entry(705, Field.Type.TEXT),
            Map.entry(1042, Field.Type.TEXT),
            Map.entry(1043, Field.Type.TEXT),
            Map.entry(JSON, Field.Type.JSON),
            Map.entry(JSONB, Field.Type.JSON),
            Map.entry(BYTEA, Field.Type.BYTES),
            Map.entry(BOOL, Field.Type.SCALAR),
            Map.entry(INT8, Field.Type.SCALAR),
            Map.entry(INT2, Field.Type.SCALAR),
            Map.entry(INT4, Field.Type.SCALAR),
            Map.entry(OID, Field.Type.SCALAR),
            Map.entry(27, Field.Type.SCALAR),
            Map.entry(28, Field.Type.SCALAR),
            Map.entry(29, Field.Type.SCALAR),
            Map.entry(FLOAT4, Field.Type.SCALAR),
            Map.entry(FLOAT8, Field.Type.SCALAR),
            Map.entry(MONEY, Field.Type.SCALAR),
            Map.entry(829, Field.Type.SCALAR),
            Map.entry(INET, Field.Type.SCALAR),
            Map.entry(CIDR, Field.Type.SCALAR),
            Map.entry(774, Field.Type.SCALAR),
            Map.entry(DATE, Field.Type.SCALAR),
            Map.entry(TIME, Field.Type.SCALAR),
            Map.entry(TIMESTAMP, Field.Type.SCALAR),
            Map.entry(TIMESTAMPTZ, Field.Type.SCALAR),
            Map.entry(INTERVAL, Field.Type.SCALAR),
            Map.entry(TIMETZ, Field.Type.SCALAR),
            Map.entry(1560, Field.Type.SCALAR),
            Map.entry(1562, Field.Type.SCALAR),
            Map.entry(NUMERIC, Field.Type.SCALAR),
            Map.entry(2278, Field.Type.SCALAR),
            Map.entry(UUID, Field.Type.SCALAR),
            Map.entry(5069, Field.Type.SCALAR));

    private FieldTypes() {}

    /** The sort of a type; what is not known may have anything in it. */
    static Field.Type of(int type) {
        return TYPES.getOrDefault(type, Field.Type.COMPOSITE);
    }
}
