/** Events as they are stored, and the port behind which every event store stands. */

import type { Message } from './decider.ts';

export interface Metadata {
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly correlationId: string;
  /** The event that led to this one by a policy, or the request. */
  readonly causationId: string;
}

/** An event on its way into a stream. */
export interface NewEvent extends Message {
  readonly metadata: Metadata;
}

/** An event that has happened. Positions grow along the log, versions count from 1 within a stream. */
export interface StoredEvent<Event extends Message = Message> {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly type: Event['type'];
  readonly data: Event['data'];
  readonly metadata: Metadata;
}

/** Somebody else has written to the stream in the meantime. */
export class WrongVersion extends Error {
  constructor(
    readonly stream: string,
    readonly expected: number,
  ) {
    super(`${stream} is not at version ${expected} any more.`);
  }
}

export interface EventStore {
  /** Appends all events or none; throws `WrongVersion` unless the stream is at the expected version. */
  append(stream: string, expectedVersion: number, events: readonly NewEvent[]): Promise<void>;
  /** All events of a stream, oldest first. */
  read(stream: string): Promise<StoredEvent[]>;
  /** Events of all streams behind a position, oldest first. */
  readAll(after: number, limit: number): Promise<StoredEvent[]>;
  /** How many streams of a kind have begun. */
  count(kind: string): Promise<number>;
  close(): Promise<void>;
}
