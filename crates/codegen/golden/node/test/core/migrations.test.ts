/** An older database is brought up to date, a newer one is refused. PostgreSQL's part runs with `DATABASE_URL`. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { LAST_VERSION, MIGRATIONS, type Migration, type Version } from '../../src/core/stores/migrations.ts';
import { Postgres } from '../../src/core/stores/postgres.ts';
import { Sqlite } from '../../src/core/stores/sqlite.ts';
import { createSchema } from '../support/postgres.ts';

const NEWEST = MIGRATIONS.length;
const step = (version: number, sql: string): Migration => ({ version, sqlite: sql, postgres: sql });
const later = [...MIGRATIONS, step(NEWEST + 1, "ALTER TABLE answers ADD COLUMN note TEXT NOT NULL DEFAULT 'none'")];
const broken = [...later, step(NEWEST + 2, 'CREATE TABLE half_done (id TEXT); ALTER TABLE nowhere ADD COLUMN id TEXT')];
const remember =
  "INSERT INTO answers (idempotency_key, fingerprint, version, correlation_id) VALUES ('key', 'print', 1, 'story')";

test('versions count from 1 without a gap', () => {
  assert.deepEqual(MIGRATIONS.map(({ version }) => version), MIGRATIONS.map((_, index) => index + 1));
});

suite('sqlite', () => {
  const inFolder = (name: string, work: (path: string) => Promise<void>) =>
    test(name, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
      await work(join(folder, 'service.db')).finally(() => rmSync(folder, { recursive: true }));
    });
  const using = async <R>(path: string, work: (db: Sqlite) => R, migrations?: readonly Migration[]): Promise<R> => {
    const db = await Sqlite.open(path, migrations);
    try {
      return work(db);
    } finally {
      db.close();
    }
  };
  const versionOf = (db: Sqlite) => db.get<Version>(LAST_VERSION)?.version;

  inFolder('what an older database holds is still there', async (path) => {
    await using(path, (db) => db.run(remember));
    const [version, notes] = await using(path, (db) => [versionOf(db), db.all('SELECT note FROM answers')], later);
    assert.equal(version, NEWEST + 1);
    assert.deepEqual(notes.map((row) => ({ ...(row as object) })), [{ note: 'none' }]);
  });

  inFolder('a database from before there were versions is one of the first', async (path) => {
    await using(path, (db) => {
      db.run(remember);
      db.run('DROP TABLE schema_version');
    });
    const [version, answers] = await using(path, (db) => [versionOf(db), db.all('SELECT * FROM answers').length]);
    assert.deepEqual([version, answers], [NEWEST, 1]);
  });

  inFolder('steps of which one fails are taken back', async (path) => {
    await using(path, (db) => db.run(remember));
    await assert.rejects(Sqlite.open(path, broken), /nowhere/);
    assert.equal(await using(path, versionOf), NEWEST);
    assert.deepEqual(await using(path, (db) => db.all("SELECT * FROM sqlite_master WHERE name = 'half_done'")), []);
  });

  inFolder('a newer database is refused', async (path) => {
    await using(path, versionOf, later);
    await assert.rejects(Sqlite.open(path), new RegExp(`schema version ${NEWEST + 1}, and this service knows ${NEWEST} `));
  });
});

const { DATABASE_URL } = process.env;

test('postgres', { skip: DATABASE_URL ? false : 'no server is named in the environment' }, async () => {
  const schema = await createSchema(DATABASE_URL as string);
  const open = async (migrations?: readonly Migration[]) => (await Postgres.open(schema.url, migrations)).close();
  const rows = async (sql: string) => (await schema.query(sql)).rows;
  try {
    // Many that start at once take each step once.
    await Promise.all(Array.from({ length: 4 }, () => open()));
    await schema.query(remember);
    await assert.rejects(open(broken), /nowhere/);
    assert.deepEqual(await rows(LAST_VERSION), [{ version: NEWEST }]);
    await open(later);
    assert.deepEqual(await rows('SELECT note FROM answers'), [{ note: 'none' }]);
    await assert.rejects(open(), /schema version/);
  } finally {
    await schema.drop();
  }
});
