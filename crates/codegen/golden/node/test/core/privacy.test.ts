import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hash, isHashOf, Privacy } from '../../src/core/privacy.ts';
import { MemoryLedger } from '../../src/core/stores/memory.ts';

test('personal data is unreadable without its key, and null when that was destroyed', async () => {
  const privacy = new Privacy(new MemoryLedger());
  const data = { id: '1', name: 'Ann', tags: ['a'] };
  const sealed = await privacy.seal('Reader-1', data, ['name', 'tags']);
  assert.ok(!JSON.stringify(sealed).includes('Ann'));
  assert.deepEqual(await privacy.open([sealed]), [data]);
  await privacy.erase('Reader-1');
  const later = await privacy.seal('Reader-1', data, ['name']);
  assert.deepEqual(await privacy.open([sealed, later]), [{ id: '1', name: null, tags: null }, data]);
});

test('a hash tells whether a password is the right one, and nothing else', async () => {
  const hashed = await hash('secret');
  assert.ok(!hashed.includes('secret'));
  assert.notEqual(hashed, await hash('secret'));
  assert.equal(await isHashOf('secret', hashed), true);
  assert.equal(await isHashOf('Secret', hashed), false);
  assert.equal(await isHashOf('secret', 'secret'), false);
});
