/** The types of parameters, as zod schemas: `z.infer` gives TypeScript's view of a command. */

import { z } from 'zod';
import { type Kind, readJson, type Type, Unfit, type Value } from './values.ts';

const MAX_KEY = 255;
const types = new WeakMap<z.ZodType, Type>();

function field<T extends Value>(kind: Kind, list: boolean, check?: (value: T) => void) {
  const type = { kind, list };
  const schema = z.unknown().transform((json, context): T => {
    try {
      const value = readJson(json, type) as T;
      check?.(value);
      return value;
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  }).optional();
  types.set(schema, type);
  return schema;
}

export const text = field<string>('string', false);
export const integer = field<number>('integer', false);
export const decimal = field<number>('decimal', false);
export const boolean = field<boolean>('boolean', false);
export const date = field<string>('date', false);
export const dateTime = field<string>('datetime', false);
export const uuid = field<string>('uuid', false);
export const email = field<string>('email', false);

/** The id of a stream or the key of a read model. */
export const key = field<string>('string', false, (value) => {
  if ([...value].length > MAX_KEY) throw new Unfit('is longer than 255 characters');
});

export const texts = field<readonly string[]>('string', true);
export const integers = field<readonly number[]>('integer', true);
export const decimals = field<readonly number[]>('decimal', true);
export const booleans = field<readonly boolean[]>('boolean', true);
export const dates = field<readonly string[]>('date', true);
export const dateTimes = field<readonly string[]>('datetime', true);
export const uuids = field<readonly string[]>('uuid', true);
export const emails = field<readonly string[]>('email', true);

/** The type behind one of the schemas above. */
export const typeOf = (schema: z.ZodType): Type => types.get(schema) ?? { kind: 'string', list: false };
