/** The HTTP face of the service: LES's routes, health, the documentation. */

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Application } from '../app.ts';
import { type Stream, streamName } from '../core/service.ts';
import { isToken, postCommand } from './commands.ts';
import { Problem, problem } from './problem.ts';
import { getEvents, getFirstRow, getRows } from './queries.ts';

const MAX_BODY = 1_048_576;
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
  health(server, app);
  api(server, app);
  if (options.exposeEvents) resource(server, '/events', 'GET', getEvents(app));
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
  await server.register(swaggerUi, { routePrefix: '/api-docs' });
}

function health(server: FastifyInstance, app: Application): void {
  resource(server, '/health/live', 'GET', async (_request, reply) => reply.send({ status: 'ok' }));
  resource(server, '/health/ready', 'GET', async (_request, reply) => {
    try {
      await app.events.readAll(0, 1);
      await app.readModels.checkpoint();
    } catch {
      return problem(reply, 503, 'A store does not answer.');
    }
    return reply.send({ status: 'ok' });
  });
}

function api(server: FastifyInstance, app: Application): void {
  for (const stream of app.service.streams) {
    for (const type of Object.keys(stream.commands)) {
      resource(server, path(stream.context, stream.name, type), 'POST', postCommand(app, stream, type));
    }
    if (Object.values(stream.events).some((event) => event.personal)) {
      resource(server, `${path(stream.context, stream.name)}/:id/personal-data`, 'DELETE', erase(app, stream));
    }
  }
  for (const readModel of app.service.readModels) {
    const url = path(readModel.context, 'r', readModel.name);
    resource(server, url, 'GET', getRows(app, readModel));
    resource(server, `${url}/findOne`, 'GET', getFirstRow(app, readModel));
  }
}

/** Below its context where there are several. */
function path(context: string, ...names: string[]): string {
  const parts = ['api', 'v1', context, ...names].filter((part) => part !== '');
  // What the router takes for a parameter or a wildcard is part of a name here.
  return parts.map((part) => `/${encodeURI(part).replaceAll(':', '::').replaceAll('*', '%2A')}`).join('');
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** A path with its one method. All others are answered before anybody reads their body. */
function resource(server: FastifyInstance, url: string, method: 'GET' | 'POST' | 'DELETE', handler: Handler): void {
  const isJson = async (request: FastifyRequest) => {
    const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/json') throw new Problem(415, 'The body is to be application/json.');
  };
  server.route({ method, url, handler, ...(method === 'POST' && { onRequest: isJson }) });
  const others = server.supportedMethods.filter((other) => other !== method && !server.hasRoute({ url, method: other }));
  const notAllowed = async (_request: FastifyRequest, reply: FastifyReply) =>
    problem(reply.header('allow', method), 405, `Only ${method} is allowed here.`);
  server.route({ method: others, url, onRequest: notAllowed, handler: notAllowed });
}

function erase(app: Application, stream: Stream): Handler {
  return async (request, reply) => {
    const { id } = request.params as { id: string };
    if (!(await app.erase(streamName(stream, id)))) throw new Problem(404, 'There is no such stream.');
    return reply.code(204).send();
  };
}
