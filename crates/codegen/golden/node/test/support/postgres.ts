/** A schema of its own in a real PostgreSQL. */

import { randomUUID } from 'node:crypto';
import pg from 'pg';

export interface Schema {
  /** Where whoever connects is in the schema. */
  readonly url: string;
  query(sql: string): Promise<pg.QueryResult>;
  drop(): Promise<void>;
}

export async function createSchema(database: string): Promise<Schema> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const ask = async (url: string, sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client.query(sql).finally(() => client.end());
  };
  await ask(database, `CREATE SCHEMA ${name}`);
  const own = new URL(database);
  own.searchParams.set('options', `-c search_path=${name}`);
  return {
    url: own.href,
    query: (sql) => ask(own.href, sql),
    drop: async () => void (await ask(database, `DROP SCHEMA IF EXISTS ${name} CASCADE`)),
  };
}
