/** The service with its stores, without its HTTP face: this is what tests start. */

import { isOf } from './core/checkpoint.ts';
import { Commands } from './core/commands.ts';
import type { EventStore } from './core/events.ts';
import { type Log, Policies } from './core/policies.ts';
import type { Ledger, ReadModelStore } from './core/ports.ts';
import { Privacy } from './core/privacy.ts';
import { Projector } from './core/projector.ts';
import type { Service } from './core/service.ts';
import { MemoryEvents, MemoryLedger, MemoryReadModels } from './core/stores/memory.ts';

export interface Stores {
  readonly events: EventStore;
  readonly readModels: ReadModelStore;
  readonly ledger: Ledger;
}

export interface AppOptions {
  readonly now?: () => Date;
  readonly log?: Log;
}

const SILENT: Log = { warn: () => undefined, error: () => undefined };

const OTHER_LOG =
  'Keys, answers and checkpoints are of another log of events than this one. Name the store that belongs to it, or an ' +
  'empty one: SQLITE_PATH, DATABASE_URL, KURRENTDB_URL.';

export const inMemory = (): Stores => ({
  events: new MemoryEvents(),
  readModels: new MemoryReadModels(),
  ledger: new MemoryLedger(),
});

export class Application {
  readonly events: EventStore;
  readonly readModels: ReadModelStore;
  readonly ledger: Ledger;
  readonly privacy: Privacy;
  readonly projector: Projector;
  readonly commands: Commands;
  readonly policies: Policies;
  private readonly log: Log;
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(
    readonly service: Service,
    stores: Stores = inMemory(),
    { now = () => new Date(), log = SILENT }: AppOptions = {},
  ) {
    this.log = log;
    this.events = stores.events;
    this.readModels = stores.readModels;
    this.ledger = stores.ledger;
    this.privacy = new Privacy(this.ledger);
    this.projector = new Projector(service, this.events, this.readModels, this.privacy);
    this.commands = new Commands(service, this.events, this.privacy, this.projector, now);
    this.policies = new Policies(this.commands, this.events, this.ledger, this.privacy, this.projector, log);
  }

  /** Takes in what was left undone when the service stopped, or what others have written. */
  async start(): Promise<void> {
    if (!(await isOf(this.events, await this.ledger.checkpoint()))) throw new Error(OTHER_LOG);
    await this.projector.catchUp();
    // What people ask is answered even where a policy fails; it is tried again with the next command.
    await this.policies.run().catch((error: unknown) => {
      this.log.error({ err: error }, 'The policies stand still.');
    });
  }

  /** Read models and policies take in what has happened. */
  async follow(): Promise<void> {
    await this.projector.catchUp();
    await this.policies.run();
  }

  /** Makes the personal data of a stream unreadable for good. Says whether there is such a stream. */
  async erase(stream: string): Promise<boolean> {
    if ((await this.events.read(stream)).length === 0) return false;
    await this.privacy.erase(stream);
    // A row whose key was erased goes too.
    if (this.service.readModels.some((readModel) => readModel.personalKey)) await this.projector.rebuild();
    return true;
  }

  /** What comes under one idempotency key is done one after the other. */
  async inTurn<R>(key: string | undefined, work: () => Promise<R>): Promise<R> {
    if (key === undefined) return work();
    const before = this.turns.get(key);
    const turn = (before ?? Promise.resolve()).catch(() => undefined).then(work);
    this.turns.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.turns.get(key) === turn) this.turns.delete(key);
    }
  }

  async close(): Promise<void> {
    await this.events.close();
    await this.readModels.close();
    await this.ledger.close();
  }
}
