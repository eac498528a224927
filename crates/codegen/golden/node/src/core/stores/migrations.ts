/**
 * The tables of SQLite and PostgreSQL, as numbered steps from an empty database to today's. The table `schema_version`
 * says which steps a database has taken; those that are missing are taken when the service starts, all or none.
 *
 * A step that any database has taken is never changed: what is to be different is a new step at the end. One that
 * changes what rows of read models hold also sets `definition = ''` of their checkpoint; they are made anew then.
 */

export interface Migration {
  readonly version: number;
  readonly sqlite: string;
  readonly postgres: string;
}

export interface Version {
  readonly version: number;
}

export const SCHEMA_VERSION = 'CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY)';
export const LAST_VERSION = 'SELECT coalesce(max(version), 0) AS version FROM schema_version';

export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    // Databases from before there were versions have these tables already.
    sqlite: `
      CREATE TABLE IF NOT EXISTS events (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        stream TEXT NOT NULL,
        version INTEGER NOT NULL,
        type TEXT NOT NULL,
        data TEXT NOT NULL,
        metadata TEXT NOT NULL,
        UNIQUE (stream, version)
      ) STRICT;
      CREATE TABLE IF NOT EXISTS read_models (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        read_model TEXT NOT NULL,
        key TEXT NOT NULL,
        row TEXT NOT NULL,
        UNIQUE (read_model, key)
      ) STRICT;
      CREATE INDEX IF NOT EXISTS read_models_in_order ON read_models (read_model, sequence);
      CREATE TABLE IF NOT EXISTS checkpoints (
        name TEXT PRIMARY KEY,
        position INTEGER NOT NULL DEFAULT 0,
        stream TEXT NOT NULL DEFAULT '',
        event_id TEXT NOT NULL DEFAULT '',
        definition TEXT NOT NULL DEFAULT ''
      ) STRICT;
      CREATE TABLE IF NOT EXISTS keys (stream TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, secret TEXT NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS answers (
        idempotency_key TEXT PRIMARY KEY,
        fingerprint TEXT NOT NULL,
        version INTEGER NOT NULL,
        correlation_id TEXT NOT NULL,
        answered TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
      ) STRICT;
      INSERT OR IGNORE INTO checkpoints (name) VALUES ('read models'), ('policies');
    `,
    postgres: `
      CREATE TABLE IF NOT EXISTS events (
        position BIGINT PRIMARY KEY,
        stream TEXT NOT NULL,
        version INTEGER NOT NULL,
        type TEXT NOT NULL,
        data JSONB NOT NULL,
        metadata JSONB NOT NULL,
        UNIQUE (stream, version)
      );
      CREATE TABLE IF NOT EXISTS read_models (
        sequence BIGSERIAL PRIMARY KEY,
        read_model TEXT NOT NULL,
        key TEXT NOT NULL,
        row JSONB NOT NULL,
        UNIQUE (read_model, key)
      );
      CREATE INDEX IF NOT EXISTS read_models_in_order ON read_models (read_model, sequence);
      CREATE TABLE IF NOT EXISTS checkpoints (
        name TEXT PRIMARY KEY,
        position BIGINT NOT NULL DEFAULT 0,
        stream TEXT NOT NULL DEFAULT '',
        event_id TEXT NOT NULL DEFAULT '',
        definition TEXT NOT NULL DEFAULT ''
      );
      CREATE TABLE IF NOT EXISTS keys (stream TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, secret TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS answers (
        idempotency_key TEXT PRIMARY KEY,
        fingerprint TEXT NOT NULL,
        version INTEGER NOT NULL,
        correlation_id TEXT NOT NULL,
        answered TIMESTAMPTZ NOT NULL DEFAULT now()
      );
      INSERT INTO checkpoints (name) VALUES ('read models'), ('policies') ON CONFLICT DO NOTHING;
    `,
  },
];

/** The steps that a database at this version has not taken yet. Throws where it is newer than the service. */
export function missing(migrations: readonly Migration[], database: Version | undefined): Migration[] {
  const version = database?.version ?? 0;
  const newest = Math.max(...migrations.map((migration) => migration.version));
  if (version > newest) {
    throw new Error(
      `The database is at schema version ${version}, and this service knows ${newest} as the newest. Start the ` +
        'version of the service that belongs to it, or name another database: SQLITE_PATH, DATABASE_URL.',
    );
  }
  return migrations.filter((migration) => migration.version > version);
}
