/** Everything in memory, for tests and for trying things out. */

import { BEGINNING, type Checkpoint } from '../checkpoint.ts';
import { type EventStore, type NewEvent, type StoredEvent, WrongVersion } from '../events.ts';
import type { Answer, Key, Ledger, Made, ReadModelStore, Row, SavedRow } from '../ports.ts';

export class MemoryEvents implements EventStore {
  private readonly log: StoredEvent[] = [];
  private readonly streams = new Map<string, StoredEvent[]>();

  async append(stream: string, expectedVersion: number, events: readonly NewEvent[]): Promise<void> {
    const known = this.streams.get(stream) ?? [];
    if (known.length !== expectedVersion) throw new WrongVersion(stream, expectedVersion);
    const stored = events.map((event, index) => ({
      ...structuredClone(event),
      stream,
      position: this.log.length + index + 1,
      version: known.length + index + 1,
    }));
    this.streams.set(stream, [...known, ...stored]);
    this.log.push(...stored);
  }

  async read(stream: string): Promise<StoredEvent[]> {
    return this.streams.get(stream) ?? [];
  }

  async readAll(after: number, limit: number): Promise<StoredEvent[]> {
    return this.log.slice(after, after + limit);
  }

  async count(kind: string): Promise<number> {
    return [...this.streams.keys()].filter((stream) => stream === kind || stream.startsWith(`${kind}-`)).length;
  }

  async close(): Promise<void> {}
}

export class MemoryReadModels implements ReadModelStore {
  private readonly readModels = new Map<string, Map<string, Row>>();
  private made: Made = { ...BEGINNING, definition: '' };

  async checkpoint(): Promise<Made> {
    return this.made;
  }

  async get(readModel: string, key: string): Promise<Row | undefined> {
    return this.readModels.get(readModel)?.get(key);
  }

  async rows(readModel: string, page = { limit: Number.MAX_SAFE_INTEGER, skip: 0 }): Promise<Row[]> {
    const rows = [...(this.readModels.get(readModel)?.values() ?? [])];
    return rows.slice(page.skip, page.skip + page.limit);
  }

  async save(from: Made, to: Checkpoint, changes: readonly SavedRow[]): Promise<boolean> {
    if (this.made.position !== from.position || this.made.definition !== from.definition) return false;
    for (const { readModel, key, row } of changes) {
      const rows = this.readModels.get(readModel) ?? new Map<string, Row>();
      this.readModels.set(readModel, rows.set(key, row));
    }
    this.made = { ...to, definition: from.definition };
    return true;
  }

  async clear(definition: string): Promise<void> {
    this.readModels.clear();
    this.made = { ...BEGINNING, definition };
  }

  async close(): Promise<void> {}
}

export class MemoryLedger implements Ledger {
  private readonly byStream = new Map<string, Key>();
  private readonly answers = new Map<string, Answer>();
  private reached = BEGINNING;

  async key(stream: string, made: Key): Promise<Key> {
    const key = this.byStream.get(stream) ?? made;
    this.byStream.set(stream, key);
    return key;
  }

  async keys(ids: readonly string[]): Promise<Key[]> {
    return [...this.byStream.values()].filter((key) => ids.includes(key.id));
  }

  async destroyKey(stream: string): Promise<void> {
    this.byStream.delete(stream);
  }

  async answer(idempotencyKey: string): Promise<Answer | undefined> {
    return this.answers.get(idempotencyKey);
  }

  async remember(idempotencyKey: string, answer: Answer): Promise<void> {
    if (!this.answers.has(idempotencyKey)) this.answers.set(idempotencyKey, answer);
  }

  async checkpoint(): Promise<Checkpoint> {
    return this.reached;
  }

  async advance(to: Checkpoint): Promise<void> {
    if (to.position > this.reached.position) this.reached = to;
  }

  async close(): Promise<void> {}
}
