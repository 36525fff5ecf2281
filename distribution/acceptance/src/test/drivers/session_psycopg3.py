"""A session of psycopg 3: extended protocol, pipeline, prepared statements, binary results, COPY, cursors, cancel."""

import os
import threading
import time

import psycopg

COMMON = {
    "host": "127.0.0.1",
    "port": os.environ["PG_PORT"],
    "user": "whoever",
    "password": os.environ["TOKEN"],
    "sslmode": "verify-full",
    "sslrootcert": os.environ["CA_FILE"],
}


def done(step):
    print("ok " + step, flush=True)


def expect(value, wanted):
    if value != wanted:
        raise AssertionError(f"{value!r} where {wanted!r} was expected")


with psycopg.connect(dbname="bench", **COMMON) as connection:
    connection.execute("CREATE TEMP TABLE driver(id int PRIMARY KEY, note text)")
    expect(connection.execute("SELECT %s::int + 1", (41,)).fetchone(), (42,))
    done("parameters")

    with connection.pipeline():
        for i in range(100):
            connection.execute("INSERT INTO driver VALUES (%s, %s)", (i, f"note {i}"))
        counted = connection.execute("SELECT count(*) FROM driver")
    expect(counted.fetchone(), (100,))
    done("pipeline")

    for i in range(10):
        row = connection.execute("SELECT note FROM driver WHERE id = %s", (i,), prepare=True).fetchone()
        expect(row, (f"note {i}",))
    done("prepared")

    with connection.cursor(binary=True) as cursor:
        row = cursor.execute("SELECT 7::int8, 1.5::numeric, '2020-02-29'::date, '\\xff00'::bytea").fetchone()
        expect((row[0], str(row[1]), str(row[2]), bytes(row[3])), (7, "1.5", "2020-02-29", b"\xff\x00"))
    done("binary")

    with connection.cursor() as cursor:
        with cursor.copy("COPY driver FROM STDIN") as copy:
            for i in range(1000, 3000):
                copy.write_row((i, "copied\t%d" % i))
        with cursor.copy("COPY (SELECT note FROM driver WHERE id >= 1000 ORDER BY id) TO STDOUT") as copy:
            expect(sum(1 for _ in copy.rows()), 2000)
    done("copy")

    with connection.cursor("portions") as cursor:
        cursor.itersize = 500
        cursor.execute("SELECT id FROM driver ORDER BY id")
        expect(sum(1 for _ in cursor), 2100)
    done("cursor")

    try:
        with connection.transaction():
            connection.execute("INSERT INTO driver VALUES (1, 'again')")
    except psycopg.errors.UniqueViolation:
        pass
    expect(connection.execute("SELECT count(*) FROM driver WHERE note = 'again'").fetchone(), (0,))
    done("savepoint")

with psycopg.connect(dbname="bench", autocommit=True, **COMMON) as connection:
    threading.Thread(target=lambda: (time.sleep(1), connection.cancel()), daemon=True).start()
    try:
        connection.execute("SELECT pg_sleep(30)")
        raise AssertionError("not cancelled")
    except psycopg.errors.QueryCanceled:
        expect(connection.execute("SELECT 1").fetchone(), (1,))
    done("cancel")

with psycopg.connect(dbname="app", **COMMON) as connection:
    try:
        connection.execute("DELETE FROM customers WHERE id = %s", (1,))
        raise AssertionError("not refused")
    except psycopg.errors.InsufficientPrivilege as refused:
        expect("sallyport:" in str(refused), True)
    connection.rollback()
    rows = connection.execute("SELECT id, ssn FROM customers WHERE id < %s ORDER BY id", (3,)).fetchall()
    expect(rows, [(1, "[redacted]"), (2, "[redacted]")])
    with connection.pipeline():
        first = connection.execute("SELECT 1")
        try:
            connection.execute("DELETE FROM customers WHERE id = 2")
            connection.execute("SELECT 2").fetchone()
            raise AssertionError("not refused")
        except psycopg.errors.InsufficientPrivilege:
            pass
    connection.rollback()
    expect(connection.execute("SELECT 3").fetchone(), (3,))
    done("refused and masked")
