/** What a service consists of. `src/generated` fills this in; everything else in `src/core` works on it. */

import type { z } from 'zod';
import type { Decider, Message } from './decider.ts';

export interface Service {
  readonly title: string;
  readonly streams: readonly Stream[];
  readonly readModels: readonly ReadModel[];
  readonly policies: readonly Policy[];
}

/** A kind of stream: `Todo`, of which `Todo-1` is an instance. */
export interface Stream {
  /** Empty where the service has but one context. */
  readonly context: string;
  readonly name: string;
  readonly commands: { readonly [type: string]: CommandType };
  readonly events: { readonly [type: string]: EventType };
  // Which commands, events and state belong together is checked where a stream is defined.
  readonly decider: Decider<any, any, any>;
}

export interface CommandType {
  readonly parameters: z.ZodObject;
  /** The parameter that is the stream's id. */
  readonly id?: string;
  /** A policy may leave the id to the service. */
  readonly creates?: boolean;
  /** The read models in which the values of parameters must exist. */
  readonly lookups?: { readonly [parameter: string]: string };
  /** Parameters of which only a hash is kept. */
  readonly hashed?: readonly string[];
}

export interface EventType {
  /** In the order in which they are told. */
  readonly properties: readonly string[];
  readonly hashed?: readonly string[];
  /** Encrypted under the stream's key, so that they can be erased. */
  readonly personal?: readonly string[];
}

export interface ReadModel {
  readonly context: string;
  readonly name: string;
  readonly columns: readonly string[];
  /** The column that holds the key of each row. */
  readonly key?: string;
  /** Columns of lists, which nothing can be sorted by. */
  readonly lists?: readonly string[];
  /** The key is personal data. */
  readonly personalKey?: boolean;
  /** What each event makes of a row, by the full name of its type. */
  readonly on: { readonly [event: string]: (data: any) => RowChange };
}

/** The columns that an event sets in the row of that key. */
export interface RowChange {
  readonly key: unknown;
  readonly cells: { readonly [column: string]: unknown };
}

export const row = (key: unknown, cells: RowChange['cells']): RowChange => ({ key, cells });

/** An event that is stored sends a command. */
export interface Policy {
  readonly name: string;
  /** The full name of the event's type. */
  readonly whenever: string;
  readonly and?: (data: any) => boolean | Promise<boolean>;
  /** The full name of the stream, and its command. */
  readonly stream: string;
  readonly send: string;
  readonly with: (data: any) => { readonly [parameter: string]: unknown };
}

export function policy<Event extends Message>(definition: {
  name: string;
  whenever: string;
  and?: (data: Event['data']) => boolean | Promise<boolean>;
  stream: string;
  send: string;
  with: (data: Event['data']) => { readonly [parameter: string]: unknown };
}): Policy {
  return definition;
}

/** `Todo`, in several contexts `Planning.Todo`. */
export const fullName = (of: { context: string; name: string }) => inContext(of.context, of.name);

export const inContext = (context: string, name: string) => (context === '' ? name : `${context}.${name}`);

export const streamName = (stream: Stream, id: string) => (id === '' ? fullName(stream) : `${fullName(stream)}-${id}`);

/** The kind of a stream by the name of one: names may hold hyphens, so the longest kind counts. */
export function streamOf(service: Service, name: string): Stream | undefined {
  const kinds = service.streams.filter((stream) => {
    const kind = fullName(stream);
    return name === kind || name.startsWith(`${kind}-`);
  });
  return kinds.sort((one, other) => fullName(other).length - fullName(one).length)[0];
}

export function eventType(service: Service, type: string): EventType | undefined {
  for (const stream of service.streams) {
    for (const [name, event] of Object.entries(stream.events)) {
      if (inContext(stream.context, name) === type) return event;
    }
  }
  return undefined;
}
