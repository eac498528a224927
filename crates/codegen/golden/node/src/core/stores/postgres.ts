/** Everything in one PostgreSQL database. */

import pg from 'pg';
import { BEGINNING, type Checkpoint } from '../checkpoint.ts';
import { type EventStore, type NewEvent, type StoredEvent, WrongVersion } from '../events.ts';
import type { Answer, Key, Ledger, Made, ReadModelStore, Row, SavedRow } from '../ports.ts';
import { LAST_VERSION, MIGRATIONS, type Migration, missing, SCHEMA_VERSION, type Version } from './migrations.ts';

/** Held while positions are given out, so that nobody who reads the log misses a late commit; and at the start. */
const LOCK = 'SELECT pg_advisory_xact_lock(7255)';

const PATIENCE = 30_000;

export class Postgres {
  private constructor(private readonly pool: pg.Pool) {}

  static async open(url: string, migrations = MIGRATIONS): Promise<Postgres> {
    const pool = new pg.Pool({
      connectionString: url,
      connectionTimeoutMillis: PATIENCE,
      // Whoever stops in the middle of a transaction does not hold the lock for ever.
      idle_in_transaction_session_timeout: PATIENCE,
    });
    // An idle connection that breaks is replaced when somebody needs one.
    pool.on('error', () => undefined);
    const db = new Postgres(pool);
    try {
      await db.transaction((client) => migrate(client, migrations));
    } catch (error) {
      await db.close();
      throw error;
    }
    return db;
  }

  async all<R extends pg.QueryResultRow>(sql: string, ...parameters: unknown[]): Promise<R[]> {
    return (await this.pool.query<R>(sql, parameters)).rows;
  }

  async transaction<R>(work: (client: pg.PoolClient) => Promise<R>): Promise<R> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      // A connection that cannot even go back is not used again, and its transaction ends with it.
      await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  private closed = false;

  async close(): Promise<void> {
    if (!this.closed) {
      this.closed = true;
      await this.pool.end();
    }
  }
}

async function migrate(client: pg.PoolClient, migrations: readonly Migration[]): Promise<void> {
  // Of several that start at once, each finds what those before it have done.
  await client.query(LOCK);
  await client.query(SCHEMA_VERSION);
  const { rows } = await client.query<Version>(LAST_VERSION);
  for (const { version, postgres } of missing(migrations, rows[0])) {
    await client.query(postgres);
    await client.query('INSERT INTO schema_version (version) VALUES ($1)', [version]);
  }
}

type EventRow = Omit<StoredEvent, 'position'> & { position: string };

const stored = (row: EventRow): StoredEvent => ({ ...row, position: Number(row.position) });

export class PostgresEvents implements EventStore {
  constructor(private readonly db: Postgres) {}

  async append(stream: string, expectedVersion: number, events: readonly NewEvent[]): Promise<void> {
    await this.db.transaction(async (client) => {
      await client.query(LOCK);
      const { rows } = await client.query<{ position: string; version: number }>(
        `SELECT (SELECT coalesce(max(position), 0) FROM events) AS position,
                (SELECT coalesce(max(version), 0) FROM events WHERE stream = $1) AS version`,
        [stream],
      );
      const [last] = rows;
      if (last?.version !== expectedVersion) throw new WrongVersion(stream, expectedVersion);
      for (const [index, { type, data, metadata }] of events.entries()) {
        const [position, version] = [Number(last.position) + index + 1, expectedVersion + index + 1];
        await client.query('INSERT INTO events VALUES ($1, $2, $3, $4, $5, $6)', [
          position,
          stream,
          version,
          type,
          JSON.stringify(data),
          JSON.stringify(metadata),
        ]);
      }
    });
  }

  async read(stream: string): Promise<StoredEvent[]> {
    return (await this.db.all<EventRow>('SELECT * FROM events WHERE stream = $1 ORDER BY version', stream)).map(stored);
  }

  async readAll(after: number, limit: number): Promise<StoredEvent[]> {
    const sql = 'SELECT * FROM events WHERE position > $1 ORDER BY position LIMIT $2';
    return (await this.db.all<EventRow>(sql, after, limit)).map(stored);
  }

  async count(kind: string): Promise<number> {
    const sql = 'SELECT count(*) AS count FROM events WHERE version = 1 AND (stream = $1 OR starts_with(stream, $2))';
    const [found] = await this.db.all<{ count: string }>(sql, kind, `${kind}-`);
    return Number(found?.count);
  }

  close(): Promise<void> {
    return this.db.close();
  }
}

export class PostgresReadModels implements ReadModelStore {
  constructor(private readonly db: Postgres) {}

  checkpoint(): Promise<Made> {
    return checkpoint(this.db, 'read models');
  }

  async get(readModel: string, key: string): Promise<Row | undefined> {
    const sql = 'SELECT row FROM read_models WHERE read_model = $1 AND key = $2';
    return (await this.db.all<{ row: Row }>(sql, readModel, key))[0]?.row;
  }

  async rows(readModel: string, page?: { limit: number; skip: number }): Promise<Row[]> {
    const sql = 'SELECT row FROM read_models WHERE read_model = $1 ORDER BY sequence LIMIT $2 OFFSET $3';
    const found = await this.db.all<{ row: Row }>(sql, readModel, page?.limit ?? null, page?.skip ?? 0);
    return found.map(({ row }) => row);
  }

  async save(from: Made, to: Checkpoint, changes: readonly SavedRow[]): Promise<boolean> {
    return this.db.transaction(async (client) => {
      const sql = `UPDATE checkpoints SET position = $1, stream = $2, event_id = $3
                   WHERE name = 'read models' AND position = $4 AND definition = $5`;
      const moved = await client.query(sql, [to.position, to.stream, to.eventId, from.position, from.definition]);
      if (moved.rowCount === 0) return false;
      for (const { readModel, key, row } of changes) {
        await client.query(
          `INSERT INTO read_models (read_model, key, row) VALUES ($1, $2, $3)
           ON CONFLICT (read_model, key) DO UPDATE SET row = excluded.row`,
          [readModel, key, JSON.stringify(row)],
        );
      }
      return true;
    });
  }

  async clear(definition: string): Promise<void> {
    await this.db.transaction(async (client) => {
      // The checkpoint first, as who saves does: so nobody waits for the other one's rows.
      const sql = `UPDATE checkpoints SET position = 0, stream = '', event_id = '', definition = $1
                   WHERE name = 'read models'`;
      await client.query(sql, [definition]);
      await client.query('DELETE FROM read_models');
    });
  }

  close(): Promise<void> {
    return this.db.close();
  }
}

export class PostgresLedger implements Ledger {
  constructor(private readonly db: Postgres) {}

  async key(stream: string, made: Key): Promise<Key> {
    const sql = 'INSERT INTO keys (stream, id, secret) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING';
    await this.db.all(sql, stream, made.id, made.secret.toString('base64'));
    const [key] = await this.db.all<KeyRow>('SELECT id, secret FROM keys WHERE stream = $1', stream);
    return key ? keyOf(key) : made;
  }

  async keys(ids: readonly string[]): Promise<Key[]> {
    return (await this.db.all<KeyRow>('SELECT id, secret FROM keys WHERE id = ANY($1)', ids)).map(keyOf);
  }

  async destroyKey(stream: string): Promise<void> {
    await this.db.all('DELETE FROM keys WHERE stream = $1', stream);
  }

  async answer(idempotencyKey: string): Promise<Answer | undefined> {
    const sql = 'SELECT fingerprint, version, correlation_id AS "correlationId" FROM answers WHERE idempotency_key = $1';
    return (await this.db.all<{ [name in keyof Answer]: Answer[name] }>(sql, idempotencyKey))[0];
  }

  async remember(idempotencyKey: string, { fingerprint, version, correlationId }: Answer): Promise<void> {
    const sql = `INSERT INTO answers (idempotency_key, fingerprint, version, correlation_id)
                 VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`;
    await this.db.all(sql, idempotencyKey, fingerprint, version, correlationId);
  }

  checkpoint(): Promise<Checkpoint> {
    return checkpoint(this.db, 'policies');
  }

  async advance({ position, stream, eventId }: Checkpoint): Promise<void> {
    const sql = `UPDATE checkpoints SET position = $1, stream = $2, event_id = $3
                 WHERE name = 'policies' AND position < $1`;
    await this.db.all(sql, position, stream, eventId);
  }

  close(): Promise<void> {
    return this.db.close();
  }
}

interface KeyRow {
  id: string;
  secret: string;
}

const keyOf = ({ id, secret }: KeyRow): Key => ({ id, secret: Buffer.from(secret, 'base64') });

async function checkpoint(db: Postgres, name: string): Promise<Made> {
  const sql = 'SELECT position, stream, event_id AS "eventId", definition FROM checkpoints WHERE name = $1';
  const [found] = await db.all<Omit<Made, 'position'> & { position: string }>(sql, name);
  return found ? { ...found, position: Number(found.position) } : { ...BEGINNING, definition: '' };
}
