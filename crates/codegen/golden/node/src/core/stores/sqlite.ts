/** Everything in one SQLite file. Calls are synchronous, so a transaction is never interleaved with another one. */

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { BEGINNING, type Checkpoint } from '../checkpoint.ts';
import { type EventStore, type NewEvent, type StoredEvent, WrongVersion } from '../events.ts';
import type { Answer, Key, Ledger, Made, ReadModelStore, Row, SavedRow } from '../ports.ts';
import { LAST_VERSION, MIGRATIONS, type Migration, missing, SCHEMA_VERSION, type Version } from './migrations.ts';

// What was accepted outlives a power cut (FULL), and nothing is left of keys that were destroyed (secure_delete).
const SETTINGS = `
  PRAGMA busy_timeout = 5000;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
`;

type Parameter = string | number;

interface Statement {
  run(...parameters: Parameter[]): { changes: number | bigint };
  get(...parameters: Parameter[]): unknown;
  all(...parameters: Parameter[]): unknown[];
}

interface Driver {
  exec(sql: string): unknown;
  prepare(sql: string): Statement;
  close(): unknown;
}

/** Node's own SQLite where it has one (22.13 on), else the package libsql. */
async function open(path: string): Promise<Driver> {
  try {
    const { DatabaseSync } = await import('node:sqlite');
    return new DatabaseSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_UNKNOWN_BUILTIN_MODULE') throw error;
    const { default: Database } = await import('libsql');
    return new Database(path) as unknown as Driver;
  }
}

export class Sqlite {
  private readonly statements = new Map<string, Statement>();

  private constructor(private readonly driver: Driver) {
    driver.exec(SETTINGS);
  }

  /** `:memory:` is no file. */
  static async open(path: string, migrations = MIGRATIONS): Promise<Sqlite> {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    const db = new Sqlite(await open(path));
    try {
      db.transaction(() => db.migrate(migrations));
    } catch (error) {
      db.close();
      throw error;
    }
    return db;
  }

  private migrate(migrations: readonly Migration[]): void {
    this.driver.exec(SCHEMA_VERSION);
    for (const { version, sqlite } of missing(migrations, this.get<Version>(LAST_VERSION))) {
      this.driver.exec(sqlite);
      this.run('INSERT INTO schema_version (version) VALUES (?)', version);
    }
  }

  run(sql: string, ...parameters: Parameter[]): number {
    return Number(this.statement(sql).run(...parameters).changes);
  }

  get<R>(sql: string, ...parameters: Parameter[]): R | undefined {
    return this.statement(sql).get(...parameters) as R | undefined;
  }

  all<R>(sql: string, ...parameters: Parameter[]): R[] {
    return this.statement(sql).all(...parameters) as R[];
  }

  transaction<R>(work: () => R): R {
    this.driver.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.driver.exec('COMMIT');
      return result;
    } catch (error) {
      this.driver.exec('ROLLBACK');
      throw error;
    }
  }

  /** Brings what was written into the file itself, so that no older pages are left beside it. */
  emptyJournal(): void {
    this.driver.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  private closed = false;

  close(): void {
    if (!this.closed) this.driver.close();
    this.closed = true;
  }

  private statement(sql: string): Statement {
    const known = this.statements.get(sql) ?? this.driver.prepare(sql);
    this.statements.set(sql, known);
    return known;
  }
}

interface EventRow {
  position: number;
  stream: string;
  version: number;
  type: string;
  data: string;
  metadata: string;
}

const stored = ({ position, stream, version, type, data, metadata }: EventRow): StoredEvent => ({
  position,
  stream,
  version,
  type,
  data: JSON.parse(data),
  metadata: JSON.parse(metadata),
});

export class SqliteEvents implements EventStore {
  constructor(private readonly db: Sqlite) {}

  async append(stream: string, expectedVersion: number, events: readonly NewEvent[]): Promise<void> {
    this.db.transaction(() => {
      const last = this.db.get<{ version: number }>(
        'SELECT coalesce(max(version), 0) AS version FROM events WHERE stream = ?',
        stream,
      );
      if (last?.version !== expectedVersion) throw new WrongVersion(stream, expectedVersion);
      for (const [index, { type, data, metadata }] of events.entries()) {
        const sql = 'INSERT INTO events (stream, version, type, data, metadata) VALUES (?, ?, ?, ?, ?)';
        const version = expectedVersion + index + 1;
        this.db.run(sql, stream, version, type, JSON.stringify(data), JSON.stringify(metadata));
      }
    });
  }

  async read(stream: string): Promise<StoredEvent[]> {
    return this.db.all<EventRow>('SELECT * FROM events WHERE stream = ? ORDER BY version', stream).map(stored);
  }

  async readAll(after: number, limit: number): Promise<StoredEvent[]> {
    const rows = this.db.all<EventRow>('SELECT * FROM events WHERE position > ? ORDER BY position LIMIT ?', after, limit);
    return rows.map(stored);
  }

  async count(kind: string): Promise<number> {
    const found = this.db.get<{ count: number }>(
      'SELECT count(*) AS count FROM events WHERE version = 1 AND (stream = ? OR substr(stream, 1, length(?)) = ?)',
      kind,
      `${kind}-`,
      `${kind}-`,
    );
    return found?.count ?? 0;
  }

  async close(): Promise<void> {
    this.db.close();
  }
}

export class SqliteReadModels implements ReadModelStore {
  constructor(private readonly db: Sqlite) {}

  async checkpoint(): Promise<Made> {
    return checkpoint(this.db, 'read models');
  }

  async get(readModel: string, key: string): Promise<Row | undefined> {
    const sql = 'SELECT row FROM read_models WHERE read_model = ? AND key = ?';
    const found = this.db.get<{ row: string }>(sql, readModel, key);
    return found && (JSON.parse(found.row) as Row);
  }

  async rows(readModel: string, page = { limit: -1, skip: 0 }): Promise<Row[]> {
    const sql = 'SELECT row FROM read_models WHERE read_model = ? ORDER BY sequence LIMIT ? OFFSET ?';
    return this.db.all<{ row: string }>(sql, readModel, page.limit, page.skip).map(({ row }) => JSON.parse(row) as Row);
  }

  async save(from: Made, to: Checkpoint, changes: readonly SavedRow[]): Promise<boolean> {
    return this.db.transaction(() => {
      const sql = `UPDATE checkpoints SET position = ?, stream = ?, event_id = ?
                   WHERE name = 'read models' AND position = ? AND definition = ?`;
      const moved = this.db.run(sql, to.position, to.stream, to.eventId, from.position, from.definition);
      if (moved === 0) return false;
      for (const { readModel, key, row } of changes) {
        this.db.run(
          `INSERT INTO read_models (read_model, key, row) VALUES (?, ?, ?)
           ON CONFLICT (read_model, key) DO UPDATE SET row = excluded.row`,
          readModel,
          key,
          JSON.stringify(row),
        );
      }
      return true;
    });
  }

  async clear(definition: string): Promise<void> {
    this.db.transaction(() => {
      this.db.run('DELETE FROM read_models');
      const sql = `UPDATE checkpoints SET position = 0, stream = '', event_id = '', definition = ?
                   WHERE name = 'read models'`;
      this.db.run(sql, definition);
    });
  }

  async close(): Promise<void> {
    this.db.close();
  }
}

export class SqliteLedger implements Ledger {
  constructor(private readonly db: Sqlite) {}

  async key(stream: string, made: Key): Promise<Key> {
    const sql = 'INSERT OR IGNORE INTO keys (stream, id, secret) VALUES (?, ?, ?)';
    this.db.run(sql, stream, made.id, made.secret.toString('base64'));
    const key = this.db.get<KeyRow>('SELECT id, secret FROM keys WHERE stream = ?', stream);
    return key ? keyOf(key) : made;
  }

  async keys(ids: readonly string[]): Promise<Key[]> {
    const found = ids.map((id) => this.db.get<KeyRow>('SELECT id, secret FROM keys WHERE id = ?', id));
    return found.filter((key) => key !== undefined).map(keyOf);
  }

  async destroyKey(stream: string): Promise<void> {
    this.db.run('DELETE FROM keys WHERE stream = ?', stream);
    this.db.emptyJournal();
  }

  async answer(idempotencyKey: string): Promise<Answer | undefined> {
    const sql = 'SELECT fingerprint, version, correlation_id AS correlationId FROM answers WHERE idempotency_key = ?';
    const found = this.db.get<Answer>(sql, idempotencyKey);
    return found && { fingerprint: found.fingerprint, version: found.version, correlationId: found.correlationId };
  }

  async remember(idempotencyKey: string, { fingerprint, version, correlationId }: Answer): Promise<void> {
    const sql = `INSERT OR IGNORE INTO answers (idempotency_key, fingerprint, version, correlation_id)
                 VALUES (?, ?, ?, ?)`;
    this.db.run(sql, idempotencyKey, fingerprint, version, correlationId);
  }

  async checkpoint(): Promise<Checkpoint> {
    return checkpoint(this.db, 'policies');
  }

  async advance({ position, stream, eventId }: Checkpoint): Promise<void> {
    const sql = `UPDATE checkpoints SET position = ?, stream = ?, event_id = ?
                 WHERE name = 'policies' AND position < ?`;
    this.db.run(sql, position, stream, eventId, position);
  }

  async close(): Promise<void> {
    this.db.close();
  }
}

interface KeyRow {
  id: string;
  secret: string;
}

const keyOf = ({ id, secret }: KeyRow): Key => ({ id, secret: Buffer.from(secret, 'base64') });

function checkpoint(db: Sqlite, name: string): Made {
  const sql = 'SELECT position, stream, event_id AS eventId, definition FROM checkpoints WHERE name = ?';
  const { position, stream, eventId, definition } = db.get<Made>(sql, name) ?? { ...BEGINNING, definition: '' };
  return { position, stream, eventId, definition };
}
