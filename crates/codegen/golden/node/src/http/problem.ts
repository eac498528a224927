/** Answers to what cannot be done: RFC 9457, and LES's list of failures for refused commands. */

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '../core/decider.ts';

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** A failure with the status and the sentence of its answer. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail);
  }
}

export function problem(reply: FastifyReply, status: number, detail: string, more: object = {}): FastifyReply {
  const body = { type: 'about:blank', title: TITLES[status] ?? 'Error', status, detail, ...more };
  // Strings are sent as they are, so that no charset is added to the type, which has none.
  return reply.code(status).header('content-type', 'application/problem+json').send(JSON.stringify(body));
}

export function refuse(request: FastifyRequest, reply: FastifyReply, refusals: readonly Refusal[]): FastifyReply {
  const failures = refusals.map(({ field, msg }) => ({ field, msg }));
  if (wantsProblem(request)) return problem(reply, 400, 'The command was refused.', { errors: failures });
  return reply.code(400).send({ message: failures });
}

function wantsProblem(request: FastifyRequest): boolean {
  const ranges = (request.headers.accept ?? '').split(',');
  return ranges.some((range) => range.split(';')[0]?.trim().toLowerCase() === 'application/problem+json');
}
