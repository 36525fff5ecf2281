package io.sallyport.postgres.sql.function;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The functions of pg_catalog by name.
 *
 * <p>The list of harmless ones is kept by hand in {@code harmless-functions.txt}: a function is on it if no call of it, by
 * any of its signatures, reads rows of a relation, changes anything that outlives the statement, reaches outside of the
 * server or shows what other sessions do. Volatility is no guide: {@code table_to_xml} is stable and reads any table.
 */
public final class Functions {

    private static final Set<String> HARMLESS = load();

    private static final Map<String, FunctionEffect> EFFECTS = Map.of(
            "set_config", FunctionEffect.SETTING,
            "nextval", FunctionEffect.SEQUENCE_WRITE,
            "setval", FunctionEffect.SEQUENCE_WRITE,
            "currval", FunctionEffect.SEQUENCE_READ,
            "pg_notify", FunctionEffect.CHANNEL);

    private static final Set<String> FILE = Set.of(
            "lo_export",
            "lo_import",
            "pg_file_read",
            "pg_file_rename",
            "pg_file_sync",
            "pg_file_unlink",
            "pg_file_write",
            "pg_logdir_ls",
            "pg_logfile_rotate",
            "pg_stat_file",
            "pg_current_logfile",
            "pg_hba_file_rules",
            "pg_ident_file_mappings",
            "pg_show_all_file_settings");

    private static final Set<String> DYNAMIC = Set.of(
            "ts_stat",
            "ts_rewrite",
            "crosstab",
            "crosstab2",
            "crosstab3",
            "crosstab4",
            "crosstabn",
            "connectby",
            "xpath_table",
            "xslt_process",
            "lo_from_bytea",
            "plpgsql_inline_handler");

    private Functions() {}

    private static Set<String> load() {
        try (InputStream in = Functions.class.getResourceAsStream("harmless-functions.txt")) {
            String lines = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            Set<String> names = new HashSet<>();
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                names.addAll(List.of(line.split(" ", -1)));
            });
            return Set.copyOf(names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether pg_catalog's functions of that name touch nothing. */
    public static boolean isHarmless(String name) {
        return HARMLESS.contains(name);
    }

    /** What a function of that name does, for those that are not harmless. */
    public static FunctionEffect effect(String name) {
        FunctionEffect effect = EFFECTS.get(name);
        if (effect != null) {
            return effect;
        }
        if (name.startsWith("pg_advisory_") || name.startsWith("pg_try_advisory_")) {
            return FunctionEffect.ADVISORY;
        }
        if (FILE.contains(name) || name.startsWith("pg_ls_") || name.startsWith("pg_read_")) {
            return FunctionEffect.FILE;
        }
        if (name.startsWith("dblink")) {
            return FunctionEffect.OUTSIDE;
        }
        boolean toXml = name.contains("_to_xml") && !name.startsWith("xml");
        return DYNAMIC.contains(name) || toXml ? FunctionEffect.DYNAMIC : FunctionEffect.CALL;
    }
}
