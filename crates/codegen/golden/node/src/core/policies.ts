/**
 * Policies as a process manager: it follows the log from a checkpoint and sends the commands that events call for.
 * After a crash it goes on where it was. Ids of what it creates come from the event that called for it, so what was
 * done before the crash is found done.
 */

import { behind } from './checkpoint.ts';
import type { Commands } from './commands.ts';
import type { EventStore, StoredEvent } from './events.ts';
import { uuidOf } from './ids.ts';
import type { Ledger } from './ports.ts';
import type { Privacy } from './privacy.ts';
import type { Projector } from './projector.ts';
import { queued } from './queue.ts';
import { type CommandType, fullName, type Policy, type Stream, streamName } from './service.ts';
import { typeOf } from './types.ts';
import { readJson, readWords, type Type, Unfit, words } from './values.ts';

const BATCH = 100;
/** So many policies are carried out for one command of somebody's. */
const MOST = 1_000;
/** So often a policy may be among its own causes. */
const TURNS = 10;

export interface Log {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** What led to an event. */
interface Chain {
  /** The command that somebody sent. */
  readonly root: string;
  /** The policies since then, the last one first. */
  readonly policies: readonly Policy[];
}

export class Policies {
  /** Of events that policies led to, and that were not reached yet. */
  private readonly chains = new Map<string, Chain>();
  /** How many policies each root has led to so far. */
  private readonly done = new Map<string, number>();

  constructor(
    private readonly commands: Commands,
    private readonly events: EventStore,
    private readonly ledger: Ledger,
    private readonly privacy: Privacy,
    private readonly projector: Projector,
    private readonly log: Log,
  ) {}

  /** Carries out everything that is due, and what follows from it. */
  readonly run = queued(async () => {
    for (;;) {
      const { position } = await this.ledger.checkpoint();
      const events = await this.events.readAll(position, BATCH);
      if (events.length === 0) return;
      for (const event of events) {
        for (const policy of this.commands.service.policies) {
          if (policy.whenever === event.type) await this.react(policy, event);
        }
        await this.ledger.advance(behind(event));
        this.chains.delete(event.metadata.id);
        if (this.chains.size === 0) this.done.clear();
      }
    }
  });

  /** Passes over everything that has happened so far. */
  async skip(): Promise<void> {
    for (;;) {
      const { position } = await this.ledger.checkpoint();
      const last = (await this.events.readAll(position, BATCH)).at(-1);
      if (!last) return;
      await this.ledger.advance(behind(last));
    }
  }

  private async react(policy: Policy, event: StoredEvent): Promise<void> {
    const [data] = await this.privacy.open([event.data as Record<string, unknown>]);
    if (policy.and && !(await policy.and(data))) return;
    const chain = this.chains.get(event.metadata.id) ?? { root: event.metadata.causationId, policies: [] };
    const done = this.done.get(chain.root) ?? 0;
    const details = { policy: policy.name, event: event.metadata.id, correlationId: event.metadata.correlationId };
    if (chain.policies.filter((cause) => cause === policy).length >= TURNS) {
      this.log.warn(details, 'This policy leads back to itself again and again: it is stopped.');
      return;
    }
    if (done >= MOST) {
      this.log.warn(details, `One command has led to ${MOST} policies: the rest is left out.`);
      return;
    }
    this.done.set(chain.root, done + 1);
    let outcome = await this.send(policy, event, policy.with(data));
    // Others were faster. Nobody waits here who could try again.
    while (outcome.kind === 'contended') outcome = await this.send(policy, event, policy.with(data));
    if (outcome.kind === 'accepted') {
      const policies = [policy, ...chain.policies];
      for (const id of outcome.eventIds) this.chains.set(id, { root: chain.root, policies });
      await this.projector.catchUp();
    } else {
      this.log.warn({ ...details, outcome }, 'The command of a policy was refused.');
    }
  }

  private async send(policy: Policy, event: StoredEvent, said: { readonly [parameter: string]: unknown }) {
    const stream = this.commands.service.streams.find((one) => fullName(one) === policy.stream);
    const command = stream?.commands[policy.send];
    if (!stream || !command) throw new Error(`There is no command ${policy.send} of ${policy.stream}.`);
    const data = converted(command, said);
    const eventId = (index: number) => uuidOf('event', policy.name, event.metadata.id, String(index));
    const { id } = command;
    if (command.creates && id !== undefined && words(data[id]) === '') {
      const isNumber = typeOf(command.parameters.shape[id]).kind === 'integer';
      data[id] = isNumber
        ? await this.number(stream, event, eventId(0))
        : uuidOf('id', policy.name, event.metadata.id);
    }
    return this.commands.send({
      stream,
      type: policy.send,
      data,
      correlationId: event.metadata.correlationId,
      causationId: event.metadata.id,
      eventId,
    });
  }

  /** The next free number; or the one that was given before a crash, which shows in what came of it. */
  private async number(stream: Stream, cause: StoredEvent, eventId: string): Promise<number> {
    for (let after = cause.position; ; ) {
      const events = await this.events.readAll(after, BATCH);
      const last = events.at(-1);
      if (!last) break;
      const made = events.find(({ metadata }) => metadata.id === eventId);
      if (made) return Number(made.stream.slice(fullName(stream).length + 1));
      after = last.position;
    }
    let number = (await this.events.count(fullName(stream))) + 1;
    while ((await this.events.read(streamName(stream, String(number)))).length > 0) number += 1;
    return number;
  }
}

/** What an event says becomes what a command wants, by its words where it is of another type. */
function converted({ parameters }: CommandType, said: { readonly [parameter: string]: unknown }) {
  const data: { [parameter: string]: unknown } = {};
  for (const [name, value] of Object.entries(said)) {
    const schema = parameters.shape[name];
    if (value !== undefined && value !== null && schema) data[name] = convert(value, typeOf(schema));
  }
  return data;
}

export function convert(value: unknown, type: Type): unknown {
  try {
    return readJson(value, type);
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
  }
  try {
    return readWords(words(value), type);
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    return value;
  }
}
