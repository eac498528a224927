/** The JSON of a request. */

import { Problem } from './problem.ts';

const MAX_DEPTH = 127;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** An object with these properties only. */
export function readBody(body: Buffer | undefined, properties: readonly string[]): { [name: string]: unknown } {
  const json = parse(body);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new Problem(400, 'The body is not a JSON object.');
  }
  const unknown = Object.keys(json).find((name) => !properties.includes(name));
  if (unknown !== undefined) throw new Problem(400, `The command has no parameter ${JSON.stringify(unknown)}.`);
  return json as { [name: string]: unknown };
}

function parse(body: Buffer | undefined): unknown {
  try {
    const json: unknown = JSON.parse(utf8.decode(body));
    if (isSound(json)) return json;
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error;
  }
  throw new Problem(400, 'The body is not JSON.');
}

/** What JSON can say and others cannot read: infinite numbers, halves of characters, depths without end. */
function isSound(json: unknown): boolean {
  let level = [json];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH || !level.every(isSoundValue)) return false;
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return true;
}

function isSoundValue(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'string') return value.isWellFormed();
  return typeof value !== 'object' || value === null || Object.keys(value).every((key) => key.isWellFormed());
}
