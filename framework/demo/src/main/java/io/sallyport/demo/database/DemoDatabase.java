package io.sallyport.demo.database;

import java.util.List;

/** The three databases, each with the account that the gateway uses there. */
public enum DemoDatabase {
    /** Customers and orders, for the story. */
    APP("app", "gateway_app"),
    /** Tables that destructive statements are tried on. */
    SCRATCH("scratch", "gateway_scratch"),
    /** Empty, for pgbench, pg_dump and psql. */
    BENCH("bench", "gateway_bench");

    private final String id;
    private final String account;

    DemoDatabase(String id, String account) {
        this.id = id;
        this.account = account;
    }

    /** The name of the database and of the target. */
    public String id() {
        return id;
    }

    /** The account that owns the database: it may do all that the rules forbid, so that the rules are seen to work. */
    public String account() {
        return account;
    }

    /** What is run in the database by its account. */
    List<String> schema() {
        return switch (this) {
            case APP ->
                List.of(
                        "CREATE TABLE customers(id int PRIMARY KEY, email text UNIQUE, ssn text, balance numeric)",
                        "INSERT INTO customers VALUES (1,'alice@example.com','123-45-6789',10),"
                                + "(2,'bob@example.com','987-65-4321',20)",
                        "CREATE TABLE orders(id int PRIMARY KEY, note text)",
                        "INSERT INTO orders SELECT g,'n' FROM generate_series(1,5) g UNION ALL SELECT 42,'n'",
                        "CREATE TABLE audit_log(id serial PRIMARY KEY, note text)",
                        "CREATE TABLE t(id int)",
                        "CREATE VIEW v_cust AS SELECT id, ssn AS x FROM customers",
                        "CREATE FUNCTION purge() RETURNS int LANGUAGE sql AS"
                                + " $$ DELETE FROM customers RETURNING id $$");
            case SCRATCH ->
                List.of(
                        "CREATE TABLE t(id int, c int)",
                        "INSERT INTO t VALUES (1,1),(2,2)",
                        "CREATE TABLE \"where\"(id int)",
                        "CREATE MATERIALIZED VIEW v AS SELECT 1",
                        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'select 1'",
                        "CREATE TABLE audit(msg text)");
            case BENCH -> List.of();
        };
    }
}
