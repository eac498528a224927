/**
 * What every store promises. Runs against a real server with `DATABASE_URL`, in a schema that is made for it and
 * dropped afterwards, or `KURRENTDB_URL`, in streams of kinds of its own, which stay there.
 */

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { suite, test } from 'node:test';
import { inMemory, type Stores } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { BEGINNING, behind, isOf } from '../../src/core/checkpoint.ts';
import { type NewEvent, WrongVersion } from '../../src/core/events.ts';
import { openStores } from '../../src/stores.ts';
import { createSchema } from '../support/postgres.ts';

const { DATABASE_URL, KURRENTDB_URL } = process.env;
const [KIND, OTHER] = [`Kind${randomUUID()}`, `Other${randomUUID()}`];
const configured = (settings: NodeJS.ProcessEnv) => () =>
  openStores(readConfig({ ...process.env, ...settings }), [KIND, OTHER]);

const kinds: { [kind: string]: (() => Promise<Stores>) | undefined } = {
  memory: async () => inMemory(),
  sqlite: configured({ STORE: 'sqlite', READMODELS: 'sqlite', SQLITE_PATH: ':memory:' }),
  postgres: DATABASE_URL ? () => inOwnSchema(DATABASE_URL) : undefined,
  kurrentdb: KURRENTDB_URL
    ? configured({ STORE: 'kurrentdb', READMODELS: 'memory', SQLITE_PATH: ':memory:' })
    : undefined,
};

async function inOwnSchema(url: string): Promise<Stores> {
  const schema = await createSchema(url);
  const stores = await configured({ STORE: 'postgres', READMODELS: 'postgres', DATABASE_URL: schema.url })();
  const close = async () => {
    await stores.events.close();
    await schema.drop();
  };
  return { ...stores, ledger: Object.assign(Object.create(stores.ledger), { close }) };
}

const event = (type: string, data = {}): NewEvent => ({
  type,
  data,
  metadata: { id: randomUUID(), time: '2026-01-05T09:00:00.000Z', correlationId: 'a', causationId: 'b' },
});

for (const [kind, open] of Object.entries(kinds)) {
  suite(kind, { skip: open ? false : 'no server is named in the environment' }, () => {
    const using = (name: string, work: (stores: Stores) => Promise<void>) =>
      test(name, async () => {
        const stores = await (open as () => Promise<Stores>)();
        await work(stores).finally(async () => {
          await stores.events.close();
          await stores.readModels.close();
          await stores.ledger.close();
        });
      });

    using('what was appended is read again, in its order', async ({ events }) => {
      const stream = `${KIND}-${randomUUID()}`;
      await events.append(stream, 0, [event('Added', { text: 'Milk' }), event('Done')]);
      await events.append(stream, 2, [event('Deleted')]);
      const read = await events.read(stream);
      assert.deepEqual(read.map(({ version, type }) => [version, type]), [[1, 'Added'], [2, 'Done'], [3, 'Deleted']]);
      assert.deepEqual(read[0]?.data, { text: 'Milk' });
      assert.equal(read[0]?.metadata.time, '2026-01-05T09:00:00.000Z');
      assert.deepEqual(await events.read(`${KIND}-${randomUUID()}`), []);
    });

    using('of many writers at one version one succeeds, and nothing of the others is there', async ({ events }) => {
      const stream = `${KIND}-${randomUUID()}`;
      const writers = Array.from({ length: 8 }, () => events.append(stream, 0, [event('Added'), event('Done')]));
      const results = await Promise.allSettled(writers);
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
      assert.ok(results.every((result) => result.status === 'fulfilled' || result.reason instanceof WrongVersion));
      assert.equal((await events.read(stream)).length, 2);
    });

    using('the log goes on behind any position', async ({ events }) => {
      for (const id of ['1', '2', '3']) await events.append(`${OTHER}-${id}`, 0, [event('Added'), event('Done')]);
      const own = [];
      let after = 0;
      for (;;) {
        const page = await events.readAll(after, 4);
        own.push(...page.filter(({ stream }) => stream.startsWith(OTHER)));
        const last = page.at(-1);
        if (!last) break;
        assert.ok(last.position > after && page.length <= 4);
        after = last.position;
      }
      assert.deepEqual(own.map(({ stream }) => stream.slice(-1)), ['1', '1', '2', '2', '3', '3']);
      assert.equal(await events.count(OTHER), 3);
    });

    using('a checkpoint knows its log', async ({ events, ledger }) => {
      const stream = `${KIND}-${randomUUID()}`;
      await events.append(stream, 0, [event('Added'), event('Done')]);
      const [added, done] = await events.read(stream);
      assert.ok(added && done);
      assert.equal(await isOf(events, BEGINNING), true);
      const place = { ...behind(added), position: 100 };
      assert.equal(await isOf(events, place), true);
      assert.equal(await isOf(events, { ...place, eventId: randomUUID() }), false);
      assert.equal(await isOf(events, { ...place, stream: `${KIND}-${randomUUID()}` }), false);
      const further = { ...behind(done), position: 9_000_000_000_000 };
      await ledger.advance(further);
      await ledger.advance({ ...behind(added), position: 8_000_000_000_000 });
      const { position, eventId } = await ledger.checkpoint();
      assert.deepEqual([position, eventId], [further.position, further.eventId]);
    });

    using('rows are saved with their checkpoint, or not at all', async ({ readModels }) => {
      const readModel = `List${randomUUID()}`;
      const definition = 'one definition';
      const at = (position: number) => ({ position, stream: 'Todo-1', eventId: `event-${position}`, definition });
      const row = (key: string, row: object) => ({ readModel, key, row: { ...row } });
      await readModels.clear(definition);
      const first = await readModels.checkpoint();
      assert.equal(await readModels.save(first, at(5), [row('b', { text: 'Milk' }), row('a', {})]), true);
      assert.equal(await readModels.save(first, at(6), [row('c', {})]), false);
      assert.equal(await readModels.save({ ...at(5), definition: 'another' }, at(6), [row('c', {})]), false);
      assert.deepEqual(await readModels.checkpoint(), at(5));
      assert.equal(await readModels.save(at(5), at(6), [row('b', { text: 'Eggs' })]), true);
      assert.deepEqual(await readModels.rows(readModel), [{ text: 'Eggs' }, {}]);
      assert.deepEqual(await readModels.rows(readModel, { limit: 1, skip: 1 }), [{}]);
      assert.deepEqual(await readModels.get(readModel, 'b'), { text: 'Eggs' });
      assert.equal(await readModels.get(readModel, 'c'), undefined);
      await readModels.clear('another');
      assert.deepEqual(await readModels.rows(readModel), []);
      assert.deepEqual(await readModels.checkpoint(), { ...BEGINNING, definition: 'another' });
    });

    using('a key is made once, and destroyed for good', async ({ ledger }) => {
      const stream = `Todo-${randomUUID()}`;
      const made = () => ({ id: randomUUID(), secret: Buffer.from(randomUUID()) });
      const first = await ledger.key(stream, made());
      assert.deepEqual(await ledger.key(stream, made()), first);
      assert.deepEqual(await ledger.keys([first.id, 'none']), [first]);
      await ledger.destroyKey(stream);
      assert.deepEqual(await ledger.keys([first.id]), []);
      assert.notEqual((await ledger.key(stream, made())).id, first.id);
    });

    using('answers are remembered as they were first', async ({ ledger }) => {
      const key = randomUUID();
      const answer = { fingerprint: 'f', version: 3, correlationId: 'c' };
      assert.equal(await ledger.answer(key), undefined);
      await ledger.remember(key, answer);
      await ledger.remember(key, { ...answer, version: 4 });
      assert.deepEqual(await ledger.answer(key), answer);
    });
  });
}
