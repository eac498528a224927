/** Keeps the read models in step with the log: from a checkpoint, and as often as anybody asks. */

import { createHash } from 'node:crypto';
import { behind, isOf } from './checkpoint.ts';
import type { EventStore, StoredEvent } from './events.ts';
import type { ReadModelStore, Row, SavedRow } from './ports.ts';
import type { Privacy } from './privacy.ts';
import { queued } from './queue.ts';
import { fullName, type ReadModel, type Service } from './service.ts';
import { words } from './values.ts';

const BATCH = 500;

export class Projector {
  private readonly definition: string;
  /** Whether this process has looked yet by what, and from which log, the rows were made. */
  private hasLooked = false;
  /** All rows are to be made anew, and how often that was asked for. */
  private stale = false;
  private rebuilds = 0;

  constructor(
    private readonly service: Service,
    private readonly events: EventStore,
    private readonly store: ReadModelStore,
    private readonly privacy: Privacy,
  ) {
    this.definition = definitionOf(service.readModels);
  }

  /** Takes in everything that has happened. */
  readonly catchUp = queued(async () => {
    if (!this.hasLooked && !(await this.fits())) await this.store.clear(this.definition);
    this.hasLooked = true;
    if (this.stale) {
      await this.store.clear((await this.store.checkpoint()).definition);
      this.stale = false;
    }
    for (;;) {
      const from = await this.store.checkpoint();
      if (from.definition !== this.definition) return;
      const events = await this.events.readAll(from.position, BATCH);
      const last = events.at(-1);
      if (!last) return;
      await this.store.save(from, behind(last), await this.changes(events));
    }
  });

  /** Forgets all rows and takes them in anew. */
  rebuild(): Promise<void> {
    this.stale = true;
    this.rebuilds += 1;
    return this.catchUp();
  }

  /** What is found when everything is taken in. Nobody sees rows of which half are made anew. */
  async read<Found>(look: (store: ReadModelStore) => Promise<Found>): Promise<Found> {
    for (;;) {
      const { rebuilds } = this;
      await this.catchUp();
      const found = await look(this.store);
      if (rebuilds === this.rebuilds) return found;
    }
  }

  /** The rows are of this log, and the model has not changed since. */
  private async fits(): Promise<boolean> {
    return (await this.isKeeper()) && isOf(this.events, await this.store.checkpoint());
  }

  /** It is this version of the service that keeps the rows, not a later one that was started beside it. */
  async isKeeper(): Promise<boolean> {
    return (await this.store.checkpoint()).definition === this.definition;
  }

  private async changes(events: readonly StoredEvent[]): Promise<SavedRow[]> {
    const changed = new Map<string, SavedRow>();
    for (const event of events) {
      for (const readModel of this.service.readModels) {
        const change = readModel.on[event.type]?.(event.data);
        if (!change) continue;
        const key = await this.key(change.key);
        if (key.trim() === '') continue;
        const name = fullName(readModel);
        const at = JSON.stringify([name, key]);
        const before = changed.get(at)?.row ?? (await this.store.get(name, key)) ?? {};
        changed.set(at, { readModel: name, key, row: merged(before, change.cells) });
      }
    }
    return [...changed.values()];
  }

  private async key(value: unknown): Promise<string> {
    const [opened] = await this.privacy.open([{ value }]);
    return words(opened?.value);
  }
}

/** Stands for the read models as they are: their columns, and the source of what events make of them. */
function definitionOf(readModels: readonly ReadModel[]): string {
  const source = JSON.stringify(readModels, (_, value) => (typeof value === 'function' ? String(value) : value));
  return createHash('sha256').update(source).digest('base64');
}

/** Cells that an event says nothing about stay as they are. */
function merged(before: Row, cells: Row): Row {
  return { ...before, ...Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== undefined)) };
}
