/** What the service keeps beside its events. */

import type { Checkpoint } from './checkpoint.ts';

/** The rows of all read models, and how far they have heard. */
export interface ReadModelStore {
  checkpoint(): Promise<Made>;
  get(readModel: string, key: string): Promise<Row | undefined>;
  /** In the order in which they came into being. */
  rows(readModel: string, page?: { limit: number; skip: number }): Promise<Row[]>;
  /** Saves rows and moves the checkpoint, or does neither where somebody else was there since: then it says no. */
  save(from: Made, to: Checkpoint, changes: readonly SavedRow[]): Promise<boolean>;
  /** Forgets everything, to be filled again from the events by this definition. */
  clear(definition: string): Promise<void>;
  close(): Promise<void>;
}

/** How far rows have heard, and by which definition of the read models they were made. */
export interface Made extends Checkpoint {
  readonly definition: string;
}

export interface Row {
  readonly [column: string]: unknown;
}

export interface SavedRow {
  readonly readModel: string;
  readonly key: string;
  readonly row: Row;
}

/** Keys, remembered answers and the checkpoint of the policies: what must live as long as the events. */
export interface Ledger {
  /** The key of a stream, which is made of these where there is none. */
  key(stream: string, made: Key): Promise<Key>;
  keys(ids: readonly string[]): Promise<Key[]>;
  destroyKey(stream: string): Promise<void>;

  answer(idempotencyKey: string): Promise<Answer | undefined>;
  remember(idempotencyKey: string, answer: Answer): Promise<void>;

  checkpoint(): Promise<Checkpoint>;
  /** Forwards only: somebody else may be further. */
  advance(to: Checkpoint): Promise<void>;
  close(): Promise<void>;
}

export interface Key {
  readonly id: string;
  readonly secret: Buffer;
}

/** What was answered. The body is not kept: it repeats the request. */
export interface Answer {
  readonly fingerprint: string;
  readonly version: number;
  readonly correlationId: string;
}
