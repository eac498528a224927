/**
 * Policies as a process manager: it follows the log from a checkpoint and sends the commands that events call for.
 * After a crash it goes on where it was. Ids of what it creates come from the event that called for it, so what was
 * done before the crash is found done.
 */

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
/** So many policies are carried out in one go. */
const MOST = 1_000;
/** So often a policy may be among its own causes. */
const TURNS = 10;

export interface Log {
  warn(details: object, message: string): void;
}

export class Policies {
  /** The policies that led to an event, the last one first. */
  private readonly causes = new Map<string, readonly Policy[]>();

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
    let done = 0;
    for (;;) {
      const events = await this.events.readAll(await this.ledger.checkpoint(), BATCH);
      if (events.length === 0) break;
      for (const event of events) {
        for (const policy of this.commands.service.policies) {
          if (policy.whenever !== event.type) continue;
          if (done < MOST) done += Number(await this.react(policy, event));
          else this.log.warn({ policy: policy.name }, `More than ${MOST} policies in one go: the rest is left out.`);
        }
        await this.ledger.advance(event.position);
      }
    }
    this.causes.clear();
  });

  /** Passes over everything that has happened so far. */
  async skip(): Promise<void> {
    for (;;) {
      const last = (await this.events.readAll(await this.ledger.checkpoint(), BATCH)).at(-1);
      if (!last) return;
      await this.ledger.advance(last.position);
    }
  }

  /** Says whether the policy was carried out. */
  private async react(policy: Policy, event: StoredEvent): Promise<boolean> {
    const [data] = await this.privacy.open([event.data as Record<string, unknown>]);
    if (policy.and && !(await policy.and(data))) return false;
    const causes = this.causes.get(event.metadata.id) ?? [];
    if (causes.filter((cause) => cause === policy).length >= TURNS) {
      this.log.warn({ policy: policy.name }, 'This policy leads back to itself again and again: it is stopped.');
      return false;
    }
    const outcome = await this.send(policy, event, policy.with(data));
    if (outcome.kind === 'accepted') {
      for (const id of outcome.eventIds) this.causes.set(id, [policy, ...causes]);
      await this.projector.catchUp();
    } else {
      this.log.warn({ policy: policy.name, event: event.metadata.id, outcome }, 'The command of a policy was refused.');
    }
    return true;
  }

  private async send(policy: Policy, event: StoredEvent, said: { readonly [parameter: string]: unknown }) {
    const stream = this.commands.service.streams.find((one) => fullName(one) === policy.stream);
    const command = stream?.commands[policy.send];
    if (!stream || !command) throw new Error(`There is no command ${policy.send} of ${policy.stream}.`);
    const data = converted(command, said);
    const { id } = command;
    if (command.creates && id !== undefined && words(data[id]) === '') {
      data[id] = await this.newId(stream, command, uuidOf('id', policy.name, event.metadata.id));
    }
    return this.commands.send({
      stream,
      type: policy.send,
      data,
      correlationId: event.metadata.correlationId,
      causationId: event.metadata.id,
      eventId: (index) => uuidOf('event', policy.name, event.metadata.id, String(index)),
    });
  }

  /** Numbers are counted on, all else is a UUID. */
  private async newId(stream: Stream, command: CommandType, uuid: string): Promise<string | number> {
    if (typeOf(command.parameters.shape[command.id ?? '']).kind !== 'integer') return uuid;
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
