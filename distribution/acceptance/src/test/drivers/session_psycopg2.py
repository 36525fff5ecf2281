"""A session of psycopg2: simple protocol with values in the text, COPY, named cursors, notices, cancel."""

import io
import os
import threading
import time

import psycopg2
import psycopg2.errors
import psycopg2.extras

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


connection = psycopg2.connect(dbname="bench", **COMMON)
cursor = connection.cursor()
cursor.execute("CREATE TEMP TABLE driver(id int PRIMARY KEY, note text)")
cursor.execute("SELECT %s::int + 1, %s", (41, "it's \\ and \u00e9"))
expect(cursor.fetchone(), (42, "it's \\ and \u00e9"))
done("values")

psycopg2.extras.execute_values(
    cursor, "INSERT INTO driver VALUES %s", [(i, f"note {i}") for i in range(1000)], page_size=100)
psycopg2.extras.execute_batch(
    cursor, "UPDATE driver SET note = %s WHERE id = %s", [(f"changed {i}", i) for i in range(200)])
cursor.execute("SELECT count(*) FROM driver WHERE note LIKE 'changed%'")
expect(cursor.fetchone(), (200,))
done("batches")

cursor.copy_expert("COPY driver FROM STDIN", io.StringIO("".join(f"{i}\tcopied\n" for i in range(1000, 3000))))
out = io.StringIO()
cursor.copy_expert("COPY (SELECT id FROM driver WHERE note = 'copied') TO STDOUT", out)
expect(len(out.getvalue().splitlines()), 2000)
done("copy")

with connection.cursor("portions") as portions:
    portions.itersize = 300
    portions.execute("SELECT id FROM driver")
    expect(sum(1 for _ in portions), 3000)
done("cursor")

cursor.execute("CREATE TABLE IF NOT EXISTS pg_temp.driver(id int)")
expect(any("already exists" in notice for notice in connection.notices), True)
connection.rollback()
done("notice")

threading.Thread(target=lambda: (time.sleep(1), connection.cancel()), daemon=True).start()
try:
    cursor.execute("SELECT pg_sleep(30)")
    raise AssertionError("not cancelled")
except psycopg2.errors.QueryCanceled:
    connection.rollback()
done("cancel")
connection.close()

connection = psycopg2.connect(dbname="app", **COMMON)
cursor = connection.cursor()
try:
    cursor.execute("DELETE FROM customers WHERE id = %s", (1,))
    raise AssertionError("not refused")
except psycopg2.errors.InsufficientPrivilege as refused:
    expect("sallyport:" in str(refused), True)
connection.rollback()
cursor.execute("SELECT id, ssn FROM customers WHERE id < %s ORDER BY id", (3,))
expect(cursor.fetchall(), [(1, "[redacted]"), (2, "[redacted]")])
out = io.StringIO()
cursor.copy_expert("COPY customers(id, ssn) TO STDOUT", out)
expect("[redacted]" in out.getvalue() and "6789" not in out.getvalue(), True)
connection.close()
done("refused and masked")
