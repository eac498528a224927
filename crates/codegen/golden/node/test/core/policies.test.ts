/** The process manager, on a service made for this: whenever something was asked, it is answered. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { Application, inMemory, type Stores } from '../../src/app.ts';
import { accepted, createDecider, type Message } from '../../src/core/decider.ts';
import { policy, type Service } from '../../src/core/service.ts';
import { integer, key, text } from '../../src/core/types.ts';

type Data = { id?: string | number; words?: string };
type Ask = Message<'Ask', Data>;
type Answer = Message<'Answer', Data>;
type Talk = Message<'Asked', Data> | Message<'Answered', Data>;

interface Wish {
  readonly and?: (data: Data) => boolean;
  /** Of what type ids are. */
  readonly id?: typeof key | typeof integer;
}

const service = ({ and = () => true, id = key }: Wish = {}): Service => ({
  title: 'Talks',
  streams: [
    {
      context: '',
      name: 'Talk',
      commands: {
        Ask: { parameters: z.object({ id, words: text }), id: 'id' },
        Answer: { parameters: z.object({ id, words: text }), id: 'id', creates: true },
      },
      events: { Asked: { properties: ['id', 'words'] }, Answered: { properties: ['id', 'words'] } },
      decider: createDecider<Ask | Answer, Talk, object>({
        initialState: {},
        evolve: (state) => state,
        decide: {
          Ask: ({ data }) => accepted({ type: 'Asked', data }),
          Answer: ({ data }) => accepted({ type: 'Answered', data }),
        },
      }),
    },
  ],
  readModels: [],
  policies: [
    policy<Talk>({
      name: 'Whenever Asked, Answer',
      whenever: 'Asked',
      and,
      stream: 'Talk',
      send: 'Answer',
      with: (data) => ({ words: data.words }),
    }),
    policy<Talk>({
      name: 'Whenever Answered, Answer',
      whenever: 'Answered',
      stream: 'Talk',
      send: 'Answer',
      with: (data) => ({ words: data.words === 'echo' ? 'echo' : undefined }),
      and: (data) => data.words === 'echo',
    }),
  ],
});

async function ask(app: Application, words: string, id: string | number = '1'): Promise<void> {
  const [stream] = app.service.streams;
  assert.ok(stream);
  const outcome = await app.commands.send({
    stream,
    type: 'Ask',
    data: { id, words },
    correlationId: 'story',
    causationId: `request-${words}`,
    eventId: () => `asked-${words}`,
  });
  assert.equal(outcome.kind, 'accepted');
}

const types = async (app: Application) => (await app.events.readAll(0, 10_000)).map(({ type }) => type);
const withoutCheckpoint = (stores: Stores): Stores => ({ ...stores, ledger: inMemory().ledger });

test('an event sends a command, whose events know what caused them', async () => {
  const app = new Application(service());
  await ask(app, 'why');
  await app.follow();
  const [asked, answered] = await app.events.readAll(0, 10);
  assert.deepEqual([asked?.type, answered?.type], ['Asked', 'Answered']);
  assert.equal(answered?.metadata.causationId, asked?.metadata.id);
  assert.equal(answered?.metadata.correlationId, 'story');
  assert.match(answered?.stream ?? '', /^Talk-[0-9a-f-]{36}$/);
});

test('after a crash it goes on, and does nothing twice', async () => {
  const stores = inMemory();
  const app = new Application(service(), stores);
  await ask(app, 'why');
  assert.deepEqual(await types(app), ['Asked']);
  const restarted = new Application(service(), stores);
  await restarted.start();
  assert.deepEqual(await types(restarted), ['Asked', 'Answered']);
  const forgetful = new Application(service(), withoutCheckpoint(stores));
  await forgetful.start();
  assert.deepEqual(await types(forgetful), ['Asked', 'Answered']);
});

test('a number that was given before a crash is found again', async () => {
  const stores = inMemory();
  const app = new Application(service({ id: integer }), stores);
  await ask(app, 'why', 1);
  await app.follow();
  const forgetful = new Application(service({ id: integer }), withoutCheckpoint(stores));
  await forgetful.start();
  assert.deepEqual((await app.events.readAll(0, 10)).map(({ stream }) => stream), ['Talk-1', 'Talk-2']);
});

test('a condition that does not hold keeps it from acting', async () => {
  const app = new Application(service({ and: (data) => data.words === 'because' }));
  await ask(app, 'why');
  await app.follow();
  assert.deepEqual(await types(app), ['Asked']);
});

test('what leads back to itself again and again is stopped', async () => {
  const warnings: string[] = [];
  const log = { warn: (_: object, message: string) => void warnings.push(message), error: assert.fail };
  const app = new Application(service(), inMemory(), { log });
  await ask(app, 'echo');
  await app.follow();
  assert.equal((await types(app)).length, 12);
  assert.equal(warnings.length, 1);
});

test('however much has piled up, nothing of it is left out', async () => {
  const app = new Application(service());
  for (let index = 0; index < 1_100; index += 1) await ask(app, `why ${index}`, `${index}`);
  await app.follow();
  assert.equal((await types(app)).length, 2_200);
});

test('a condition that fails keeps nobody from asking, and is tried again', async () => {
  let fails = true;
  const and = () => {
    if (fails) throw new Error('No answer today.');
    return true;
  };
  const errors: string[] = [];
  const log = { warn: assert.fail, error: (_: object, message: string) => void errors.push(message) };
  const stores = inMemory();
  const app = new Application(service({ and }), stores, { log });
  await ask(app, 'why');
  await assert.rejects(app.follow());
  const restarted = new Application(service({ and }), stores, { log });
  await restarted.start();
  assert.deepEqual([await types(restarted), errors.length], [['Asked'], 1]);
  fails = false;
  await ask(restarted, 'how');
  await restarted.follow();
  assert.deepEqual(await types(restarted), ['Asked', 'Asked', 'Answered', 'Answered']);
});
