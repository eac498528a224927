/** The HTTP face of the service: LES's routes, health, the documentation. */

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Application } from '../app.ts';
import { type Stream, streamName } from '../core/service.ts';
import { isToken, postCommand } from './commands.ts';
import { fromRoute, rewriteUrl, toRoute } from './paths.ts';
import { Problem, problem } from './problem.ts';
import { getEvents, getFirstRow, getRows } from './queries.ts';
import { type Handler, Resources } from './resources.ts';

const MAX_BODY = 1_048_576;
/** Nothing on the page is from another host, nor asks one. */
const ONLY_OURS = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'";
const OPENAPI = new URL('../../specs/openapi.json', import.meta.url);

declare module 'fastify' {
  interface FastifyRequest {
    correlationId: string;
  }
}

export interface ServerOptions {
  readonly exposeEvents: boolean;
  readonly logger: FastifyBaseLogger | boolean;
}

export async function createServer(app: Application, options: ServerOptions): Promise<FastifyInstance> {
  const server = Fastify({
    logger: options.logger === true,
    bodyLimit: MAX_BODY,
    rewriteUrl,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 5_000 },
    forceCloseConnections: 'idle',
    frameworkErrors: (_error, request, reply) => {
      correlate(request as FastifyRequest, reply as FastifyReply);
      problem(reply as FastifyReply, 404, 'There is nothing here.');
    },
  });

  server.decorateRequest('correlationId', '');
  server.addHook('onRequest', async (request, reply) => {
    correlate(request, reply);
    if (request.is404) return problem(reply, 404, 'There is nothing here.');
  });
  server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error instanceof Problem) return problem(reply, error.status, error.message);
    const status = error.statusCode ?? 500;
    if (status < 500) return problem(reply, status, error.message);
    request.log.error(error);
    return problem(reply, 500, 'Something went wrong here. The log knows more.');
  });
  // Bodies are read as bytes: what they must be is the same for all commands, and checked where it is known.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  await server.register(documentation);
  const resources = new Resources();
  health(resources, app);
  api(resources, app);
  if (options.exposeEvents) resources.add('/events', 'GET', getEvents(app));
  resources.register(server);
  return server;
}

function correlate(request: FastifyRequest, reply: FastifyReply): void {
  const given = request.headers['correlation-id'];
  request.correlationId = isToken(given) ? given : randomUUID();
  reply.header('correlation-id', request.correlationId);
}

/** Swagger UI over the emitted OpenAPI document: `/api-docs`, and the document itself at `/api-docs/json`. */
async function documentation(server: FastifyInstance): Promise<void> {
  const document = JSON.parse(await readFile(OPENAPI, 'utf8'));
  await server.register(swagger, { mode: 'static', specification: { document } });
  await server.register(swaggerUi, { routePrefix: '/api-docs', staticCSP: ONLY_OURS, uiConfig: { validatorUrl: null } });
}

function health(resources: Resources, app: Application): void {
  resources.add('/health/live', 'GET', async (_request, reply) => reply.send({ status: 'ok' }));
  resources.add('/health/ready', 'GET', async (_request, reply) => {
    try {
      await app.events.readAll(0, 1);
      await app.readModels.checkpoint();
    } catch {
      return problem(reply, 503, 'A store does not answer.');
    }
    return reply.send({ status: 'ok' });
  });
}

function api(resources: Resources, app: Application): void {
  for (const stream of app.service.streams) {
    for (const type of Object.keys(stream.commands)) {
      resources.add(path(stream.context, stream.name, type), 'POST', postCommand(app, stream, type));
    }
    if (Object.values(stream.events).some((event) => event.personal)) {
      resources.add(`${path(stream.context, stream.name)}/:id/personal-data`, 'DELETE', erase(app, stream));
    }
  }
  for (const readModel of app.service.readModels) {
    const url = path(readModel.context, 'r', readModel.name);
    resources.add(url, 'GET', getRows(app, readModel));
    resources.add(`${url}/findOne`, 'GET', getFirstRow(app, readModel));
  }
}

/** Below its context where there are several. */
function path(context: string, ...names: string[]): string {
  const parts = ['api', 'v1', context, ...names].filter((part) => part !== '');
  return parts.map((part) => `/${toRoute(part)}`).join('');
}

function erase(app: Application, stream: Stream): Handler {
  return async (request, reply) => {
    const id = fromRoute((request.params as { id: string }).id);
    if (!(await app.erase(streamName(stream, id)))) throw new Problem(404, 'There is no such stream.');
    return reply.code(204).send();
  };
}
