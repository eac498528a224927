/** Settings, all from the environment. */

import { z } from 'zod';

const settings = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
    HOST: z.string().default('0.0.0.0'),
    STORE: z.enum(['memory', 'sqlite', 'postgres', 'kurrentdb']).default('sqlite'),
    READMODELS: z.enum(['memory', 'sqlite', 'postgres']).optional(),
    SQLITE_PATH: z.string().default('data/service.db'),
    DATABASE_URL: z.string().default('postgres://postgres:postgres@localhost:5432/postgres'),
    KURRENTDB_URL: z.string().default('kurrentdb://localhost:2113?tls=false'),
    EXPOSE_EVENTS: z.enum(['true', 'false']).default('false'),
    LOG: z.enum(['true', 'false']).default('true'),
  })
  .transform(({ STORE, READMODELS, ...rest }) => ({
    ...rest,
    STORE,
    READMODELS: READMODELS ?? (STORE === 'kurrentdb' ? ('sqlite' as const) : STORE),
  }));

export type Config = z.infer<typeof settings>;

/** Throws with a sentence for each setting that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const result = settings.safeParse(environment);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`These settings are wrong.\n${wrong.join('\n')}`);
}
