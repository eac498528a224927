/** The process manager, on a service made for this: whenever something was asked, it is answered. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { Application, inMemory } from '../../src/app.ts';
import { accepted, createDecider, type Message } from '../../src/core/decider.ts';
import { policy, type Service } from '../../src/core/service.ts';
import { key, text } from '../../src/core/types.ts';

type Data = { id?: string; words?: string };
type Ask = Message<'Ask', Data>;
type Answer = Message<'Answer', Data>;
type Talk = Message<'Asked', Data> | Message<'Answered', Data>;

const parameters = z.object({ id: key, words: text });

const service = (and: (data: Data) => boolean = () => true): Service => ({
  title: 'Talks',
  streams: [
    {
      context: '',
      name: 'Talk',
      commands: { Ask: { parameters, id: 'id' }, Answer: { parameters, id: 'id', creates: true } },
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

async function ask(app: Application, words: string): Promise<void> {
  const [stream] = app.service.streams;
  assert.ok(stream);
  await app.commands.send({
    stream,
    type: 'Ask',
    data: { id: '1', words },
    correlationId: 'story',
    causationId: 'request',
    eventId: () => `asked-${words}`,
  });
}

const types = async (app: Application) => (await app.events.readAll(0, 100)).map(({ type }) => type);

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
  await restarted.follow();
  assert.deepEqual(await types(restarted), ['Asked', 'Answered']);
  // The checkpoint was lost, the events were not.
  const forgetful = new Application(service(), { ...stores, ledger: inMemory().ledger });
  await forgetful.follow();
  assert.deepEqual(await types(forgetful), ['Asked', 'Answered']);
});

test('a condition that does not hold keeps it from acting', async () => {
  const app = new Application(service((data) => data.words === 'because'));
  await ask(app, 'why');
  await app.follow();
  assert.deepEqual(await types(app), ['Asked']);
});

test('what leads back to itself again and again is stopped', async () => {
  const warnings: string[] = [];
  const app = new Application(service(), inMemory(), { log: { warn: (_, message) => warnings.push(message) } });
  await ask(app, 'echo');
  await app.follow();
  assert.equal((await types(app)).length, 12);
  assert.equal(warnings.length, 1);
});
