// A session of node-postgres: simple and extended queries, named statements, COPY streams, cursors, notices.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';

const require = createRequire(process.env.NODE_MODULES + '/');
const pg = require('pg');
const Cursor = require('pg-cursor');
const { from: copyFrom, to: copyTo } = require('pg-copy-streams');

const common = {
    host: '127.0.0.1',
    port: Number(process.env.PG_PORT),
    user: 'whoever',
    password: process.env.TOKEN,
    ssl: { ca: readFileSync(process.env.CA_FILE, 'utf8'), servername: 'localhost' },
};

function done(step) {
    console.log('ok ' + step);
}

const client = new pg.Client({ ...common, database: 'bench' });
await client.connect();
await client.query('CREATE TEMP TABLE driver(id int PRIMARY KEY, note text)');
assert.equal((await client.query('SELECT $1::int + 1 AS n', [41])).rows[0].n, 42);
done('parameters');

await Promise.all(Array.from({ length: 100 }, (_, i) =>
    client.query('INSERT INTO driver VALUES ($1, $2)', [i, 'note ' + i])));
for (let i = 0; i < 10; i++) {
    const named = { name: 'by-id', text: 'SELECT note FROM driver WHERE id = $1', values: [i] };
    assert.equal((await client.query(named)).rows[0].note, 'note ' + i);
}
done('named statements');

const several = await client.query('SELECT 1 AS a; SELECT 2 AS b');
assert.equal(several.length, 2);
done('several at once');

await pipeline(
    Readable.from(Array.from({ length: 2000 }, (_, i) => `${i + 1000}\tcopied\n`)),
    client.query(copyFrom('COPY driver FROM STDIN')));
let copied = '';
for await (const chunk of client.query(copyTo("COPY (SELECT id FROM driver WHERE note = 'copied') TO STDOUT"))) {
    copied += chunk;
}
assert.equal(copied.trim().split('\n').length, 2000);
done('copy');

const cursor = client.query(new Cursor('SELECT id FROM driver ORDER BY id'));
let read = 0;
for (let rows = await cursor.read(300); rows.length > 0; rows = await cursor.read(300)) {
    read += rows.length;
}
await cursor.close();
assert.equal(read, 2100);
done('cursor');

const notice = once(client, 'notice');
await client.query('CREATE TABLE IF NOT EXISTS pg_temp.driver(id int)');
assert.match((await notice)[0].message, /already exists/);
done('notice');
await client.end();

const app = new pg.Client({ ...common, database: 'app' });
await app.connect();
await assert.rejects(app.query('DELETE FROM customers WHERE id = $1', [1]), error => error.code === '42501');
await assert.rejects(app.query('DELETE FROM customers'), error => /^sallyport:/.test(error.message));
const masked = await app.query('SELECT id, ssn FROM customers WHERE id < $1 ORDER BY id', [3]);
assert.deepEqual(masked.rows, [{ id: 1, ssn: '[redacted]' }, { id: 2, ssn: '[redacted]' }]);
await app.end();
done('refused and masked');
