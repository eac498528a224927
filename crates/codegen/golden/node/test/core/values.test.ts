import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holds, type Kind, readJson, readWords, words } from '../../src/core/values.ts';

const json = (kind: Kind, value: unknown, list = false) => {
  try {
    return readJson(value, { kind, list });
  } catch (error) {
    return (error as Error).message;
  }
};

test('JSON has the type that is wanted, and nothing is converted', () => {
  assert.equal(json('string', ' a '), ' a ');
  assert.equal(json('string', 5), 'is not a text');
  assert.equal(json('string', null), 'is not a text');
  assert.equal(json('string', 'é'.repeat(100_001)), 'is longer than 100,000 characters');
  assert.equal(json('integer', 5), 5);
  assert.equal(json('integer', '5'), 'is not a whole number');
  assert.equal(json('integer', 5.5), 'is not a whole number');
  assert.equal(json('decimal', 4.2), 4.2);
  assert.equal(json('decimal', 1e-18), 1e-18);
  assert.equal(json('decimal', 1e18), 'is not a number of at most 18 digits');
  assert.equal(json('boolean', 'true'), 'is neither true nor false');
  assert.equal(json('date', '2026-02-28'), '2026-02-28');
  assert.equal(json('date', '2026-02-29'), 'is not a date like 2026-02-28');
  assert.equal(json('date', ''), 'is not a date like 2026-02-28');
  assert.equal(json('datetime', '2026-02-28T11:05:30.25+02:00'), '2026-02-28T11:05:30.25+02:00');
  assert.equal(json('datetime', '2026-02-28T24:00'), 'is not a date and time like 2026-02-28T11:05');
  assert.equal(json('email', 'ann'), 'is not an email address');
  assert.deepEqual(json('integer', [1, 2], true), [1, 2]);
  assert.equal(json('integer', [1, null], true), 'is not a whole number');
  assert.equal(json('string', 'a', true), 'is not a list');
});

test('words become values of a type', () => {
  const read = (kind: Kind, text: string, list = false) => readWords(text, { kind, list });
  assert.equal(read('decimal', ' 4.20 '), 4.2);
  assert.equal(read('decimal', ''), undefined);
  assert.equal(read('boolean', 'Yes'), true);
  assert.equal(read('integer', '-07'), -7);
  assert.deepEqual(read('string', 'a, "b, ""c""", d', true), ['a', 'b, "c"', 'd']);
  assert.equal(words(['a', 'b, "c"', '']), 'a, "b, ""c""", ""');
  assert.equal(words(1e-7), '0.0000001');
});

test('conditions compare numbers by size and all else by its words', () => {
  assert.equal(holds(99.5, '<', '100'), true);
  assert.equal(holds('100', '>=', '100.00'), true);
  assert.equal(holds('Large', 'is', 'large'), true);
  assert.equal(holds('', 'is', '1'), false);
  assert.equal(holds(null, '>', '1'), false);
  assert.equal(holds(true, 'is', 'no'), false);
  assert.equal(holds('2026-02-01', '>', '2026-01-31'), true);
});
