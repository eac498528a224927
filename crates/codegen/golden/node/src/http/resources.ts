/** Paths with the methods they take. All other methods are answered before anybody reads the body. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, problem } from './problem.ts';

export type Method = 'GET' | 'POST' | 'DELETE';
export type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

export class Resources {
  private readonly paths = new Map<string, Map<Method, Handler>>();

  /** Of several with one path and method the first counts. */
  add(url: string, method: Method, handler: Handler): void {
    const methods = this.paths.get(url) ?? new Map<Method, Handler>();
    if (!methods.has(method)) methods.set(method, handler);
    this.paths.set(url, methods);
  }

  register(server: FastifyInstance): void {
    for (const [url, methods] of this.paths) {
      for (const [method, handler] of methods) {
        server.route({ method, url, handler, ...(method === 'POST' && { onRequest: isJson }) });
      }
      const allowed = [...methods.keys()].sort().join(', ');
      const notAllowed: Handler = async (_request, reply) =>
        problem(reply.header('allow', allowed), 405, `Only ${allowed} is allowed here.`);
      const others = server.supportedMethods.filter((method) => !methods.has(method as Method));
      server.route({ method: others, url, onRequest: notAllowed, handler: notAllowed });
    }
  }
}

async function isJson(request: FastifyRequest): Promise<void> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new Problem(415, 'The body is to be application/json.');
}
