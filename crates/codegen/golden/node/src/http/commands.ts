/** `POST /api/v1/<Stream>/<Command>` */

import { createHash, randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Application } from '../app.ts';
import { uuidOf } from '../core/ids.ts';
import { hash, isHashOf } from '../core/privacy.ts';
import type { CommandType, Stream } from '../core/service.ts';
import { readBody } from './body.ts';
import { Problem, refuse } from './problem.ts';

const MAX_HEADER = 255;
const TOKEN = new RegExp(`^[!-~]{1,${MAX_HEADER}}$`);

/** 1 to 255 printable characters of ASCII, without spaces. */
export const isToken = (header: unknown): header is string => typeof header === 'string' && TOKEN.test(header);

export function postCommand(app: Application, stream: Stream, type: string) {
  const command = stream.commands[type] as CommandType;
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const body = request.body as Buffer | undefined;
    const data = readBody(body, Object.keys(command.parameters.shape));
    const ifVersion = readIfMatch(request.headers['if-match']);
    const key = readIdempotencyKey(request.headers['idempotency-key']);
    const fingerprint = fingerprintOf(request.url, body);
    return app.inTurn(key, async () => {
      const answer = key === undefined ? undefined : await app.ledger.answer(key);
      if (answer && !(await isPrintOf(fingerprint, answer.fingerprint))) {
        throw new Problem(422, 'This Idempotency-Key came with another request before.');
      }
      if (answer) {
        reply.header('correlation-id', answer.correlationId);
        return accept(reply, command, data, answer.version);
      }

      const correlationId = request.id;
      const causationId = key === undefined ? randomUUID() : uuidOf('command', key);
      const outcome = await app.commands.send({
        stream,
        type,
        data,
        correlationId,
        causationId,
        eventId: (index) => uuidOf('event', causationId, String(index)),
        ...(ifVersion !== undefined && { ifVersion }),
      });
      switch (outcome.kind) {
        case 'refused':
          return refuse(request, reply, outcome.refusals);
        case 'other-version':
          throw new Problem(412, `The stream is at version ${outcome.version}.`);
        case 'contended':
          throw new Problem(409, 'Others write to this stream all the time: please try again.');
        case 'accepted':
          // It is stored, so it is accepted whatever fails from here on; the next one takes that up again.
          await app.follow().catch((error: unknown) => request.log.error(error, 'Read models or policies stand still.'));
          if (key !== undefined) {
            const kept = await keptPrint(command, fingerprint);
            await app.ledger.remember(key, { fingerprint: kept, version: outcome.version, correlationId });
          }
          return accept(reply, command, data, outcome.version);
      }
    });
  };
}

/** The command as it came, in the model's order and without passwords. */
function accept(reply: FastifyReply, command: CommandType, data: { readonly [name: string]: unknown }, version: number) {
  const told = Object.keys(command.parameters.shape).filter((name) => Object.hasOwn(data, name) && !command.hashed?.includes(name));
  const body = Object.fromEntries(told.map((name) => [name, data[name]]));
  return reply.code(202).header('stream-version', String(version)).send(body);
}

function readIfMatch(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const version = /^"(\d{1,15})"$/.exec(header)?.[1];
  if (version === undefined) throw new Problem(400, 'If-Match is not a version like "3".');
  return Number(version);
}

function readIdempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined || isToken(header)) return header;
  throw new Problem(400, 'Idempotency-Key is not 1 to 255 printable characters of ASCII without spaces.');
}

const fingerprintOf = (url: string, body: Buffer | undefined) =>
  createHash('sha256').update(url.split('?')[0] ?? '').update('\n').update(body ?? '').digest('base64');

/** From a quick hash of a request with a password the password could be guessed: of that a slow one is kept. */
const keptPrint = async (command: CommandType, fingerprint: string) => (command.hashed ? hash(fingerprint) : fingerprint);

const isPrintOf = async (fingerprint: string, kept: string) => kept === fingerprint || isHashOf(fingerprint, kept);
