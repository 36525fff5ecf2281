package io.sallyport.postgres.sql.vocabulary;

import static io.sallyport.postgres.sql.vocabulary.PostgresVocabulary.*;

import io.sallyport.api.action.Verb;
import io.sallyport.api.action.Vocabulary.Baseline;
import io.sallyport.api.action.Vocabulary.Entry;
import java.util.List;
import java.util.Set;

/** What ordinary clients do by themselves, whatever they are used for. */
final class ClientsBaseline {

    private static final List<String> SETTINGS = List.of(
            "setting:application_name",
            "setting:bytea_output",
            "setting:client_encoding",
            "setting:client_min_messages",
            "setting:constraint_exclusion",
            "setting:cursor_tuple_fraction",
            "setting:datestyle",
            "setting:default_transaction_isolation",
            "setting:default_transaction_deferrable",
            "setting:effective_cache_size",
            "setting:enable_bitmapscan",
            "setting:enable_hashjoin",
            "setting:enable_indexscan",
            "setting:enable_mergejoin",
            "setting:enable_nestloop",
            "setting:enable_seqscan",
            "setting:extra_float_digits",
            "setting:from_collapse_limit",
            "setting:geqo",
            "setting:idle_in_transaction_session_timeout",
            "setting:idle_session_timeout",
            "setting:intervalstyle",
            "setting:jit",
            "setting:join_collapse_limit",
            "setting:lc_messages",
            "setting:lc_monetary",
            "setting:lc_numeric",
            "setting:lc_time",
            "setting:lock_timeout",
            "setting:maintenance_work_mem",
            "setting:max_parallel_workers_per_gather",
            "setting:plan_cache_mode",
            "setting:quote_all_identifiers",
            "setting:random_page_cost",
            "setting:row_security",
            "setting:search_path",
            "setting:seq_page_cost",
            "setting:standard_conforming_strings",
            "setting:statement_timeout",
            "setting:synchronize_seqscans",
            "setting:timezone",
            "setting:transaction_isolation",
            "setting:transaction_deferrable",
            "setting:transaction_timeout",
            "setting:work_mem",
            "setting:xmloption");

    private ClientsBaseline() {}

    static Baseline baseline() {
        return new Baseline(
                List.of(
                        new Entry(Set.of(TRANSACTION, DISCARD), List.of("session:*")),
                        new Entry(Set.of(SHOW), List.of("setting:**")),
                        new Entry(Set.of(SET), SETTINGS),
                        new Entry(Set.of(PREPARE, EXECUTE, DEALLOCATE), List.of("statement:*")),
                        new Entry(Set.of(DECLARE, FETCH, CLOSE), List.of("cursor:*")),
                        new Entry(Set.of(LOCK), List.of("advisory:*")),
                        new Entry(Set.<Verb>of(SELECT), List.of("pg_catalog.**", "information_schema.**")),
                        new Entry(Set.<Verb>of(CLIENT_TEXT), List.of("client:**"))),
                List.of(
                        "pg_catalog.pg_authid",
                        "pg_catalog.pg_shadow",
                        "pg_catalog.pg_statistic",
                        "pg_catalog.pg_statistic_ext_data",
                        "pg_catalog.pg_stats",
                        "pg_catalog.pg_stats_ext",
                        "pg_catalog.pg_stats_ext_exprs",
                        "pg_catalog.pg_user_mapping",
                        "pg_catalog.pg_user_mappings",
                        "pg_catalog.pg_largeobject",
                        "pg_catalog.pg_file_settings",
                        "pg_catalog.pg_hba_file_rules",
                        "pg_catalog.pg_ident_file_mappings",
                        "pg_catalog.pg_subscription.subconninfo",
                        "pg_catalog.pg_stat_activity",
                        "pg_catalog.pg_stat_replication",
                        "pg_catalog.pg_stat_wal_receiver",
                        "pg_catalog.pg_stat_subscription",
                        "pg_catalog.pg_replication_slots",
                        "pg_catalog.pg_prepared_xacts",
                        "pg_catalog.pg_backend_memory_contexts",
                        "pg_catalog.pg_shmem_allocations",
                        "information_schema.user_mapping_options",
                        "information_schema._pg_user_mappings"));
    }
}
