/** `GET /api/v1/r/<ReadModel>`, the first row of it, and the feed of events. */

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Application } from '../app.ts';
import type { Row } from '../core/ports.ts';
import { eventType, fullName, type ReadModel } from '../core/service.ts';
import { apply, type Filter, readFilter } from './filter.ts';
import { Problem } from './problem.ts';

export function getRows(app: Application, readModel: ReadModel) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const filter = readFilter(only(request, 'filter'), readModel);
    return reply.send(await find(app, readModel, filter));
  };
}

export function getFirstRow(app: Application, readModel: ReadModel) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const filter = readFilter(only(request, 'filter'), readModel);
    const [row] = await find(app, readModel, { ...filter, limit: 1 });
    if (!row) throw new Problem(404, 'There is no such row.');
    return reply.send(row);
  };
}

async function find(app: Application, readModel: ReadModel, filter: Filter): Promise<Row[]> {
  const name = fullName(readModel);
  // The store finds the row of a key, and cuts a page. Other conditions, and the order, are about JSON values: types
  // count, texts go by code point, and some are encrypted. No two databases see them alike, so they are tried here.
  const isPage = !filter.where && filter.orders.length === 0;
  const { key } = filter;
  const rows = await app.projector.read(async (store) => {
    if (key === undefined) return store.rows(name, isPage ? filter : undefined);
    const row = await store.get(name, key);
    return row ? [row] : [];
  });
  const shown = (await app.privacy.open(rows)).map((row) => cells(readModel, row));
  return isPage ? shown : apply(filter, shown);
}

const cells = ({ columns }: ReadModel, row: Row): Row =>
  Object.fromEntries(columns.map((column) => [column, Object.hasOwn(row, column) ? row[column] : '']));

export function getEvents(app: Application) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const after = number(request, 'after') ?? 0;
    const limit = number(request, 'limit') ?? 100;
    if (limit < 1 || limit > 1_000) throw new Problem(400, 'limit is not from 1 to 1,000.');
    const events = await app.events.readAll(after, limit);
    const opened = await app.privacy.open(events.map(({ data }) => data as Row));
    const shown = events.map(({ position, stream, version, type, metadata }, index) => {
      const known = eventType(app.service, type);
      const told = known?.properties.filter((name) => !known.hashed?.includes(name)) ?? [];
      const said = told.map((name) => [name, opened[index]?.[name]]).filter(([, value]) => value !== undefined);
      return { position, stream, version, type, data: Object.fromEntries(said), metadata };
    });
    return reply.send(shown);
  };
}

function number(request: FastifyRequest, name: string): number | undefined {
  const words = only(request, name);
  if (words === undefined) return undefined;
  if (!/^\d{1,15}$/.test(words)) throw new Problem(400, `${name} is not a whole number from 0 on.`);
  return Number(words);
}

/** A parameter of the query, which is there but once. */
function only(request: FastifyRequest, name: string): string | undefined {
  const at = request.url.indexOf('?');
  const values = new URLSearchParams(at < 0 ? '' : request.url.slice(at + 1)).getAll(name);
  if (values.length > 1) throw new Problem(400, `${name} is given twice.`);
  return values[0];
}
