/** Read models after a restart: beside the log they were made from, beside another one, and by another model. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { Application, inMemory, type Stores } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { accepted, createDecider, type Message } from '../../src/core/decider.ts';
import { row, type ReadModel, type Service } from '../../src/core/service.ts';
import { key, text } from '../../src/core/types.ts';
import { openStores } from '../../src/stores.ts';

type Note = { id?: string; words?: string };

const notes: ReadModel = {
  context: '',
  name: 'Notes',
  columns: ['id', 'words'],
  on: { Written: (data: Note) => row(data.id, { id: data.id, words: data.words }) },
};
const authors: ReadModel = {
  context: '',
  name: 'Authors',
  columns: ['words'],
  personalKey: true,
  on: { Written: (data: Note) => row(data.words, { words: data.words }) },
};

const service = (readModels: readonly ReadModel[] = [notes]): Service => ({
  title: 'Notes',
  streams: [
    {
      context: '',
      name: 'Note',
      commands: { Write: { parameters: z.object({ id: key, words: text }), id: 'id' } },
      events: { Written: { properties: ['id', 'words'], personal: ['words'] } },
      decider: createDecider<Message<'Write', Note>, Message<'Written', Note>, object>({
        initialState: {},
        evolve: (state) => state,
        decide: { Write: ({ data }) => accepted({ type: 'Written', data }) },
      }),
    },
  ],
  readModels,
  policies: [],
});

async function write(app: Application, id: string): Promise<void> {
  const [stream] = app.service.streams;
  assert.ok(stream);
  const ids = { correlationId: 'story', causationId: 'request', eventId: () => crypto.randomUUID() };
  await app.commands.send({ stream, type: 'Write', data: { id, words: `words of ${id}` }, ...ids });
  await app.follow();
}

async function written(stores: Stores, ...ids: string[]): Promise<Application> {
  const app = new Application(service(), stores);
  await app.start();
  for (const id of ids) await write(app, id);
  return app;
}

const keys = async (app: Application, readModel = 'Notes') =>
  (await app.privacy.open(await app.projector.read((store) => store.rows(readModel)))).map(({ id, words }) => id ?? words);

test('what others wrote while nobody was here is taken in at the start', async () => {
  const stores = inMemory();
  await written({ ...stores, readModels: inMemory().readModels }, 'a', 'b');
  const app = await written(stores);
  assert.equal((await stores.readModels.rows('Notes')).length, 2);
  assert.deepEqual(await keys(app), ['a', 'b']);
});

test('rows of another log are made anew', async () => {
  const { readModels } = inMemory();
  await written({ ...inMemory(), readModels }, 'of another', 'and another');
  const app = await written({ ...inMemory(), readModels }, 'own');
  assert.deepEqual(await keys(app), ['own']);
});

test('beside the keys and checkpoints of another log it does not start', async () => {
  const { ledger } = inMemory();
  await written({ ...inMemory(), ledger }, 'a');
  await assert.rejects(written({ ...inMemory(), ledger }), /another log/);
});

test('a new read model hears of everything that happened before', async () => {
  const stores = inMemory();
  await written(stores, 'a', 'b');
  const app = new Application(service([notes, { ...notes, name: 'Titles' }]), stores);
  await app.start();
  assert.deepEqual([await keys(app), await keys(app, 'Titles')], [['a', 'b'], ['a', 'b']]);
});

test('a new column is filled from what happened before', async () => {
  const open = () => openStores(readConfig({ STORE: 'sqlite', SQLITE_PATH: join(folder, 'service.db') }), []);
  const folder = mkdtempSync(join(tmpdir(), 'columns-'));
  const short = { ...notes, columns: ['id'], on: { Written: (data: Note) => row(data.id, { id: data.id }) } };
  const before = new Application(service([short]), await open());
  await before.start();
  await write(before, 'a');
  assert.deepEqual(await before.projector.read((store) => store.rows('Notes')), [{ id: 'a' }]);
  await before.close();
  const after = new Application(service([notes]), await open());
  await after.start();
  const found = await after.privacy.open(await after.projector.read((store) => store.rows('Notes')));
  await after.close();
  rmSync(folder, { recursive: true });
  assert.deepEqual(found, [{ id: 'a', words: 'words of a' }]);
});

test('an earlier version leaves the rows to a later one', async () => {
  const stores = inMemory();
  const earlier = await written(stores, 'a');
  const later = new Application(service([{ ...notes, name: 'Titles' }]), stores);
  await later.start();
  await write(earlier, 'b');
  assert.deepEqual([await earlier.projector.isKeeper(), await later.projector.isKeeper()], [false, true]);
  assert.deepEqual(await keys(later, 'Titles'), ['a', 'b']);
});

test('who reads while rows are made anew sees all of them', async () => {
  const app = await written(inMemory(), 'a', 'b');
  let looks = 0;
  const found = await app.projector.read(async (store) => {
    looks += 1;
    // In between, all rows are forgotten: what is found then does not count.
    if (looks === 1) {
      void app.projector.rebuild();
      await store.clear((await store.checkpoint()).definition);
    }
    return store.rows('Notes');
  });
  assert.deepEqual([found.length, looks], [2, 2]);
});

test('a row whose key was erased goes', async () => {
  const stores = inMemory();
  const app = new Application(service([notes, authors]), stores);
  await app.start();
  await write(app, 'a');
  await write(app, 'b');
  assert.deepEqual(await keys(app, 'Authors'), ['words of a', 'words of b']);
  assert.equal(await app.erase('Note-a'), true);
  assert.deepEqual(await keys(app, 'Authors'), ['words of b']);
  assert.deepEqual(await keys(app), ['a', 'b']);
});
