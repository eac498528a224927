/** What the HTTP face promises, on a service made for this: somebody signs up, and a policy greets them. */

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { z } from 'zod';
import { Application, inMemory, type Stores } from '../../src/app.ts';
import { accepted, createDecider, type Message } from '../../src/core/decider.ts';
import { policy, row, type Service } from '../../src/core/service.ts';
import { key, text } from '../../src/core/types.ts';
import { createServer } from '../../src/http/server.ts';

type Account = { id?: string; password?: string };

const service = (and: () => boolean): Service => ({
  title: 'Accounts',
  streams: [
    {
      context: '',
      name: 'Account',
      commands: { SignUp: { parameters: z.object({ id: key, password: text }), id: 'id', hashed: ['password'] } },
      events: { SignedUp: { properties: ['id', 'password'], hashed: ['password'] } },
      decider: createDecider<Message<'SignUp', Account>, Message<'SignedUp', Account>, object>({
        initialState: {},
        evolve: (state) => state,
        decide: { SignUp: ({ data }) => accepted({ type: 'SignedUp', data }) },
      }),
    },
  ],
  readModels: [
    {
      context: '',
      name: 'Accounts',
      columns: ['id'],
      key: 'id',
      on: { SignedUp: (data: Account) => row(data.id, { id: data.id }) },
    },
  ],
  policies: [
    policy<Message<'SignedUp', Account>>({
      name: 'Whenever Signed Up, Sign Up',
      whenever: 'SignedUp',
      and,
      stream: 'Account',
      send: 'SignUp',
      with: () => ({}),
    }),
  ],
});

async function started(t: TestContext, stores: Stores, and = () => false) {
  const app = new Application(service(and), stores);
  await app.start();
  const server = await createServer(app, { exposeEvents: true, logRequests: false });
  t.after(() => server.close());
  const signUp = (id: string, password: string, headers = {}) =>
    server.inject({
      method: 'POST',
      url: '/api/v1/Account/SignUp',
      payload: JSON.stringify({ id, password }),
      headers: { 'content-type': 'application/json', ...headers },
    });
  const find = async (filter: object) =>
    (await server.inject(`/api/v1/r/Accounts?filter=${encodeURIComponent(JSON.stringify(filter))}`)).json();
  return { server, signUp, find };
}

const KEYED = { 'idempotency-key': 'once' };

test('an idempotency key is known after a restart, and gives no password away', async (t) => {
  const stores = inMemory();
  const first = await (await started(t, stores)).signUp('ann', 'secret', KEYED);
  assert.deepEqual([first.statusCode, first.headers['stream-version'], first.json()], [202, '1', { id: 'ann' }]);

  const { signUp } = await started(t, stores);
  const again = await signUp('ann', 'secret', KEYED);
  assert.deepEqual([again.statusCode, again.headers['stream-version'], again.json()], [202, '1', { id: 'ann' }]);
  assert.equal(again.headers['correlation-id'], first.headers['correlation-id']);
  assert.equal((await signUp('ann', 'another', KEYED)).statusCode, 422);
  assert.equal((await stores.events.read('Account-ann')).length, 1);
  assert.match((await stores.ledger.answer('once'))?.fingerprint ?? '', /^scrypt\$/);
});

test('a correlation id is taken over, or made', async (t) => {
  const { server, signUp } = await started(t, inMemory());
  const given = await signUp('ann', 'secret', { 'correlation-id': 'story' });
  assert.equal(given.headers['correlation-id'], 'story');
  const [event] = (await server.inject('/events')).json();
  assert.equal(event.metadata.correlationId, 'story');
  assert.match(String((await server.inject('/nowhere')).headers['correlation-id']), /^[0-9a-f-]{36}$/);
});

test('a command is accepted although a policy fails', async (t) => {
  const fails = () => {
    throw new Error('No greeting today.');
  };
  const { signUp, find } = await started(t, inMemory(), fails);
  assert.equal((await signUp('ann', 'secret')).statusCode, 202);
  assert.deepEqual(await find({}), [{ id: 'ann' }]);
});

test('the row of a key is found, and other conditions count besides', async (t) => {
  const { signUp, find } = await started(t, inMemory());
  for (const id of ['ann', 'ben', '5']) await signUp(id, 'secret');
  assert.deepEqual(await find({ where: { id: 'ben' } }), [{ id: 'ben' }]);
  assert.deepEqual(await find({ where: { id: 'ben', or: [{ id: 'ann' }] } }), []);
  assert.deepEqual([await find({ where: { id: 5 } }), await find({ where: { id: 'eve' } })], [[], []]);
  assert.deepEqual(await find({ where: { id: 'ben' }, skip: 1 }), []);
});
