/** Starts the service, and stops it when it is told to: what has begun is brought to its end first. */

import { Application } from './app.ts';
import { readConfig } from './config.ts';
import { service } from './generated/service.ts';
import { createServer } from './http/server.ts';
import { openStores } from './stores.ts';

const config = readConfig(process.env);
const log = { warn: (details: object, message: string) => server?.log.warn(details, message) };
const app = new Application(service, await openStores(config), { log });
const server = await createServer(app, {
  exposeEvents: config.EXPOSE_EVENTS === 'true',
  logger: config.LOG === 'true',
});

// What was left undone when the service was stopped, or another one has written.
await app.follow();
await server.listen({ port: config.PORT, host: config.HOST });

async function stop(): Promise<void> {
  await server.close();
  await app.close();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
