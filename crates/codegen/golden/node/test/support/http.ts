/** The service in memory with its HTTP face, without a socket. */

import type { TestContext } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { Application, inMemory, type Stores } from '../../src/app.ts';
import { service } from '../../src/generated/service.ts';
import { createServer } from '../../src/http/server.ts';

export async function startServer(test: TestContext, stores: Stores = inMemory()): Promise<FastifyInstance> {
  const app = new Application(service, stores);
  await app.start();
  const server = await createServer(app, { exposeEvents: true, logRequests: false });
  test.after(async () => {
    await server.close();
    await app.close();
  });
  return server;
}
