/** What every service of this kind promises, tried on this one. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fullName } from '../../src/core/service.ts';
import { service } from '../../src/generated/service.ts';
import { startServer } from '../support/http.ts';

const openapi = JSON.parse(await readFile(new URL('../../specs/openapi.json', import.meta.url), 'utf8'));
const encoded = (context: string, ...names: string[]) =>
  ['/api/v1', context, ...names].filter((part) => part !== '').map((part) => (part.startsWith('/') ? part : encodeURIComponent(part))).join('/');

test('the service describes itself by the emitted OpenAPI document', async (t) => {
  const server = await startServer(t);
  const response = await server.inject('/api-docs/json');
  assert.deepEqual(response.json(), openapi);
  assert.equal((await server.inject('/api-docs/')).statusCode, 200);
});

test('it is live and ready', async (t) => {
  const server = await startServer(t);
  assert.equal((await server.inject('/health/live')).statusCode, 200);
  assert.equal((await server.inject('/health/ready')).statusCode, 200);
});

for (const readModel of service.readModels) {
  test(`${fullName(readModel)} is empty at first`, async (t) => {
    const server = await startServer(t);
    const url = encoded(readModel.context, 'r', readModel.name);
    assert.deepEqual((await server.inject(url)).json(), []);
    assert.equal((await server.inject(`${url}/findOne`)).statusCode, 404);
  });
}

for (const stream of service.streams) {
  for (const [type, command] of Object.entries(stream.commands)) {
    test(`${type} wants JSON, its own parameters and POST`, async (t) => {
      const server = await startServer(t);
      const url = encoded(stream.context, stream.name, type);
      const post = (payload: string, headers = {}) =>
        server.inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/json', ...headers } });
      assert.equal((await post('{')).statusCode, 400);
      assert.equal((await post('{"no such parameter": 1}')).statusCode, 400);
      assert.equal((await post('{}', { 'content-type': 'text/plain' })).statusCode, 415);
      const got = await server.inject({ method: 'GET', url });
      assert.deepEqual([got.statusCode, got.headers['allow']], [405, 'POST']);
      assert.deepEqual((await server.inject('/events')).json(), []);
      const empty = Object.fromEntries(Object.keys(command.parameters.shape).map((name) => [name, {}]));
      const refused = await post(JSON.stringify(empty), { accept: 'application/problem+json' });
      assert.equal(refused.statusCode, 400);
      assert.match(String(refused.headers['content-type']), /^application\/problem\+json/);
    });
  }
}
