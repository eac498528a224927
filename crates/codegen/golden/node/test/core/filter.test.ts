import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply, readFilter } from '../../src/http/filter.ts';

const columns = { columns: ['id', 'text', 'amount', 'done', 'tags'], lists: ['tags'] };
const rows = [
  { id: 1, text: 'Milk', amount: 4.2, done: true, tags: ['a'] },
  { id: 2, text: 'milk', amount: 10, done: false, tags: [] },
  { id: 3, text: '', amount: '', done: '', tags: '' },
  { id: 4, text: null, amount: 4.2, done: true, tags: null },
  { id: 5, text: 'Eggs, ten', amount: 9, done: false, tags: ['b'] },
];
const found = (filter: object) => apply(readFilter(JSON.stringify(filter), columns), rows).map(({ id }) => id);

test('conditions are about JSON values', () => {
  assert.deepEqual(found({ where: { text: 'Milk' } }), [1]);
  assert.deepEqual(found({ where: { text: null } }), [4]);
  assert.deepEqual(found({ where: { amount: '4.2' } }), []);
  assert.deepEqual(found({ where: { text: { neq: 'Milk' } } }), [2, 3, 4, 5]);
  assert.deepEqual(found({ where: { amount: { gte: 4.2, lt: 10 } } }), [1, 4, 5]);
  assert.deepEqual(found({ where: { amount: { between: [9, 10] } } }), [2, 5]);
  assert.deepEqual(found({ where: { id: { inq: [1, '2', 3] } } }), [1, 3]);
  assert.deepEqual(found({ where: { text: { like: '%, t%n' } } }), [5]);
  assert.deepEqual(found({ where: { text: { like: '_ilk' } } }), [1, 2]);
  assert.deepEqual(found({ where: { tags: 'a' } }), []);
  assert.deepEqual(found({ where: { or: [{ id: 1 }, { and: [{ id: 2 }, { done: false }] }] } }), [1, 2]);
});

test('rows are ordered and cut', () => {
  assert.deepEqual(found({ order: 'text' }), [3, 4, 5, 1, 2]);
  assert.deepEqual(found({ order: ['amount DESC', 'id DESC'] }), [2, 5, 4, 1, 3]);
  assert.deepEqual(found({ order: 'done ASC', limit: 3 }), [3, 2, 5]);
  assert.deepEqual(found({ skip: 3 }), [4, 5]);
});

test('a key that is named is the key of the only row that can suit', () => {
  const keyOf = (filter: object) => readFilter(JSON.stringify(filter), { ...columns, key: 'id' }).key;
  assert.equal(keyOf({ where: { id: 1, done: true } }), '1');
  assert.equal(keyOf({ where: { id: 'a b' } }), 'a b');
  assert.equal(keyOf({ where: { id: null } }), undefined);
  assert.equal(keyOf({ where: { id: { gt: 1 } } }), undefined);
  assert.equal(keyOf({ where: { or: [{ id: 1 }, { id: 2 }] } }), undefined);
  assert.equal(keyOf({ limit: 1 }), undefined);
});

test('bad filters are refused with the reason', () => {
  const why = (words: string) => assert.throws(() => readFilter(words, columns), { status: 400 });
  for (const words of ['', '[]', '{"fields":["id"]}', '{"where":{"nope":1}}', '{"where":{"id":{}}}', '{"limit":0}']) why(words);
  for (const words of ['{"order":"id UP"}', '{"order":"tags"}', '{"where":{"or":[]}}', '{"where":{"id":{"gt":true}}}']) why(words);
  why(`{"where":${'{"and":['.repeat(12)}{}${']}'.repeat(12)}}`);
});
