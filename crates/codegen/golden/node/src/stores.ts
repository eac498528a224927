/** The stores that the settings name. Drivers are loaded only where they are used. */

import { inMemory, type Stores } from './app.ts';
import type { Config } from './config.ts';

type Kind = Config['STORE'];

/** The stores for streams of these kinds. */
export async function openStores(config: Config, kinds: readonly string[]): Promise<Stores> {
  const opened = new Map<Kind, Promise<Stores>>();
  const of = (kind: Exclude<Kind, 'kurrentdb'>) => {
    const stores = opened.get(kind) ?? open[kind](config);
    opened.set(kind, stores);
    return stores;
  };
  const { readModels } = await of(config.READMODELS);
  if (config.STORE !== 'kurrentdb') return { ...(await of(config.STORE)), readModels };
  const { KurrentEvents } = await import('./core/stores/kurrentdb.ts');
  // KurrentDB keeps the events. Keys, answers and checkpoints lie with the read models, but never in memory: without
  // the keys, personal data would be lost with the process.
  const { ledger } = await of(config.READMODELS === 'memory' ? 'sqlite' : config.READMODELS);
  return { events: await KurrentEvents.open(config.KURRENTDB_URL, kinds), readModels, ledger };
}

const open: { readonly [kind in Exclude<Kind, 'kurrentdb'>]: (config: Config) => Promise<Stores> } = {
  memory: async () => inMemory(),

  sqlite: async ({ SQLITE_PATH }) => {
    const { Sqlite, SqliteEvents, SqliteLedger, SqliteReadModels } = await import('./core/stores/sqlite.ts');
    const db = await Sqlite.open(SQLITE_PATH);
    return { events: new SqliteEvents(db), readModels: new SqliteReadModels(db), ledger: new SqliteLedger(db) };
  },

  postgres: async ({ DATABASE_URL }) => {
    const { Postgres, PostgresEvents, PostgresLedger, PostgresReadModels } = await import('./core/stores/postgres.ts');
    const db = await Postgres.open(DATABASE_URL);
    return { events: new PostgresEvents(db), readModels: new PostgresReadModels(db), ledger: new PostgresLedger(db) };
  },
};
