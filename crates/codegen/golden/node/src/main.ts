/** Starts the service, and stops it when it is told to: what has begun is brought to its end first. */

import { Application } from './app.ts';
import { readConfig } from './config.ts';
import { fullName } from './core/service.ts';
import { service } from './generated/service.ts';
import { createServer } from './http/server.ts';
import { openStores } from './stores.ts';

const config = readConfig(process.env);
const stores = await openStores(config, service.streams.map(fullName));
const app = new Application(service, stores, {
  log: {
    warn: (details, message) => server.log.warn(details, message),
    error: (details, message) => server.log.error(details, message),
  },
});
const server = await createServer(app, {
  exposeEvents: config.EXPOSE_EVENTS === 'true',
  logRequests: config.LOG === 'true',
});

await app.start();
await server.listen({ port: config.PORT, host: config.HOST });

async function stop(): Promise<void> {
  await server.close();
  await app.close();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
