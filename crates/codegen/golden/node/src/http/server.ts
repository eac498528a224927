/** The HTTP face of the service: LES's routes, health, the documentation. */

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Application } from '../app.ts';
import { type Stream, streamName } from '../core/service.ts';
import { isToken, postCommand } from './commands.ts';
import { fromRoute, rewriteUrl, toRoute } from './paths.ts';
import { Problem, problem } from './problem.ts';
import { getEvents, getFirstRow, getRows } from './queries.ts';
import { type Handler, Resources } from './resources.ts';

const MAX_BODY = 1_048_576;
/** Filters stand in the address, and may be long. */
const MAX_HEAD = 65_536;
/** Who takes longer to send a request is hung up on, in milliseconds. */
const SLOWEST = 30_000;
/** Nothing on the page is from another host, nor asks one. */
const ONLY_OURS = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'";
const OPENAPI = new URL('../../specs/openapi.json', import.meta.url);

export interface ServerOptions {
  readonly exposeEvents: boolean;
  /** Warnings and errors are always logged. */
  readonly logRequests: boolean;
}

export async function createServer(app: Application, options: ServerOptions): Promise<FastifyInstance> {
  const server = Fastify({
    // Queries stay out of the log: filters may name people. So do those who ask all the time how it is.
    logger: {
      level: options.logRequests ? 'info' : 'warn',
      serializers: { req: ({ method, originalUrl }) => ({ method, path: originalUrl.split('?')[0] }) },
    },
    logController: new LogController({
      requestIdLogLabel: 'correlationId',
      disableRequestLogging: ({ url }) => url.startsWith('/health/'),
    }),
    genReqId: ({ headers }) => (isToken(headers['correlation-id']) ? headers['correlation-id'] : randomUUID()),
    requestTimeout: SLOWEST,
    bodyLimit: MAX_BODY,
    http: { maxHeaderSize: MAX_HEAD },
    rewriteUrl,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 5_000 },
    forceCloseConnections: 'idle',
    frameworkErrors: (_error, request, reply) => {
      correlate(request as FastifyRequest, reply as FastifyReply);
      problem(reply as FastifyReply, 404, 'There is nothing here.');
    },
  });

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

const correlate = (request: FastifyRequest, reply: FastifyReply) => reply.header('correlation-id', request.id);

/** Swagger UI over the emitted OpenAPI document: `/api-docs`, and the document itself at `/api-docs/json`. */
async function documentation(server: FastifyInstance): Promise<void> {
  const document = JSON.parse(await readFile(OPENAPI, 'utf8'));
  await server.register(swagger, { mode: 'static', specification: { document } });
  await server.register(swaggerUi, { routePrefix: '/api-docs', staticCSP: ONLY_OURS, uiConfig: { validatorUrl: null } });
}

function health(resources: Resources, app: Application): void {
  resources.add('/health/live', 'GET', async (_request, reply) => reply.send({ status: 'ok' }));
  resources.add('/health/ready', 'GET', async (request, reply) => {
    try {
      // A stream that there is not costs nothing in any store.
      await app.events.read('none');
      if (!(await app.projector.isKeeper())) {
        return problem(reply, 503, 'A later version of this service keeps the read models.');
      }
    } catch (error) {
      request.log.warn(error);
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
