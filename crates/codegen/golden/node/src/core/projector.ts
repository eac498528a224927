/** Keeps the read models in step with the log: from a checkpoint, and as often as anybody asks. */

import { type EventStore, type StoredEvent } from './events.ts';
import type { ReadModelStore, Row, SavedRow } from './ports.ts';
import type { Privacy } from './privacy.ts';
import { queued } from './queue.ts';
import { fullName, type Service } from './service.ts';
import { words } from './values.ts';

const BATCH = 500;

export class Projector {
  constructor(
    private readonly service: Service,
    private readonly events: EventStore,
    private readonly store: ReadModelStore,
    private readonly privacy: Privacy,
  ) {}

  /** Takes in everything that has happened. */
  readonly catchUp = queued(async () => {
    for (;;) {
      const from = await this.store.checkpoint();
      const events = await this.events.readAll(from, BATCH);
      const last = events.at(-1);
      if (!last) return;
      await this.store.save(from, last.position, await this.changes(events));
    }
  });

  async exists(readModel: string, key: string): Promise<boolean> {
    return (await this.store.get(readModel, key)) !== undefined;
  }

  /** Forgets all rows and takes them in anew. */
  async rebuild(): Promise<void> {
    await this.store.clear();
    await this.catchUp();
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

/** Cells that an event says nothing about stay as they are. */
function merged(before: Row, cells: Row): Row {
  return { ...before, ...Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== undefined)) };
}
