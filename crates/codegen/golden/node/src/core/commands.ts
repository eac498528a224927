/** The road of a command: read it, load its stream, decide, append; again from the start where somebody was faster. */

import { isEmpty, type Message, type Refusal } from './decider.ts';
import { type EventStore, type Metadata, type NewEvent, type StoredEvent, WrongVersion } from './events.ts';
import { hashAll, type Privacy } from './privacy.ts';
import type { Projector } from './projector.ts';
import { type CommandType, inContext, type Service, type Stream, streamName } from './service.ts';
import { words } from './values.ts';

const TRIES = 5;

type Data = { readonly [name: string]: unknown };

/** A command with where it comes from. */
export interface Request {
  readonly stream: Stream;
  readonly type: string;
  readonly data: Data;
  readonly correlationId: string;
  readonly causationId: string;
  /** Ids of its events: the same command again has the same ones, and is carried out once. */
  readonly eventId: (index: number) => string;
  /** The version that the sender has seen. */
  readonly ifVersion?: number;
}

export type Outcome =
  | { readonly kind: 'accepted'; readonly version: number; readonly eventIds: readonly string[] }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'other-version'; readonly version: number }
  | { readonly kind: 'contended' };

export class Commands {
  constructor(
    readonly service: Service,
    private readonly store: EventStore,
    private readonly privacy: Privacy,
    private readonly projector: Projector,
    private readonly now: () => Date,
  ) {}

  async send(request: Request): Promise<Outcome> {
    const command = request.stream.commands[request.type];
    if (!command) throw new Error(`${request.stream.name} has no command ${request.type}.`);
    const { data, unfit } = read(command, request.data);
    const lookups = await this.lookups(command, data, unfit);
    const hashed = unfit.length === 0 ? await hashAll(data, command.hashed) : data;
    for (let tries = 0; tries < TRIES; tries += 1) {
      try {
        return await this.attempt(request, command, { data: hashed, unfit, lookups });
      } catch (error) {
        if (!(error instanceof WrongVersion)) throw error;
      }
    }
    return { kind: 'contended' };
  }

  private async attempt(
    request: Request,
    command: CommandType,
    { data, unfit, lookups }: { data: Data; unfit: Refusal[]; lookups: Set<string> },
  ): Promise<Outcome> {
    const { stream, type } = request;
    const name = streamName(stream, idOf(command, data, unfit));
    const history = await this.store.read(name);
    const version = history.at(-1)?.version ?? 0;
    const again = carriedOut(request, history);
    const last = again.at(-1);
    if (last) return { kind: 'accepted', version: last.version, eventIds: again.map(({ metadata }) => metadata.id) };

    const state = await this.fold(stream, history);
    const decision = stream.decider.decide({ type, data }, state, lookups);
    const refusals = decision.accepted ? unfit : all(decision.refusals, unfit);
    if (!decision.accepted || refusals.length > 0) return { kind: 'refused', refusals };
    if (request.ifVersion !== undefined && request.ifVersion !== version) return { kind: 'other-version', version };

    const events = await Promise.all(
      decision.events.map((event, index) => this.newEvent(stream, name, event, this.metadata(request, index))),
    );
    await this.store.append(name, version, events);
    const eventIds = events.map(({ metadata }) => metadata.id);
    return { kind: 'accepted', version: version + events.length, eventIds };
  }

  /** The state that a stream's events lead to. */
  private async fold(stream: Stream, history: readonly StoredEvent[]): Promise<unknown> {
    const opened = await this.privacy.open(history.map((event) => event.data as Record<string, unknown>));
    const prefix = inContext(stream.context, '').length;
    return history.reduce(
      (state, event, index) => stream.decider.evolve(state, { type: event.type.slice(prefix), data: opened[index] }),
      stream.decider.initialState as unknown,
    );
  }

  private metadata(request: Request, index: number): Metadata {
    return {
      id: request.eventId(index),
      time: this.now().toISOString(),
      correlationId: request.correlationId,
      causationId: request.causationId,
    };
  }

  private async newEvent(stream: Stream, name: string, event: Message, metadata: Metadata): Promise<NewEvent> {
    const given = Object.entries(event.data).filter(([, value]) => value !== undefined);
    const data = await this.privacy.seal(name, Object.fromEntries(given), stream.events[event.type]?.personal);
    return { type: inContext(stream.context, event.type), data, metadata };
  }

  /** The parameters whose value exists in their read model. */
  private async lookups(command: CommandType, data: Data, unfit: Refusal[]): Promise<Set<string>> {
    const wanted = Object.entries(command.lookups ?? {}).filter(
      ([parameter]) => !isEmpty(data[parameter]) && !unfit.some(({ field }) => field === parameter),
    );
    if (wanted.length === 0) return new Set();
    return this.projector.read(async (store) => {
      const rows = await Promise.all(wanted.map(([parameter, name]) => store.get(name, words(data[parameter]))));
      return new Set(wanted.filter((_, index) => rows[index]).map(([parameter]) => parameter));
    });
  }
}

/** The parameters with their types. What is no value of its type stays as it is, and is refused. */
function read({ parameters }: CommandType, given: Data) {
  const data: { [parameter: string]: unknown } = {};
  const unfit: Refusal[] = [];
  for (const name of Object.keys(parameters.shape)) {
    if (!Object.hasOwn(given, name)) continue;
    const result = parameters.shape[name].safeParse(given[name]);
    data[name] = result.success ? result.data : given[name];
    for (const issue of result.error?.issues ?? []) {
      unfit.push({ field: name, msg: `${name} ${issue.message}.`, reason: 'unfit' });
    }
  }
  return { data, unfit };
}

/** The events that this very command led to when it was sent before. */
function carriedOut({ eventId }: Request, history: readonly StoredEvent[]): StoredEvent[] {
  const first = history.findIndex((event) => event.metadata.id === eventId(0));
  if (first < 0) return [];
  return history.slice(first).filter((event, index) => event.metadata.id === eventId(index));
}

/** The id of the stream; one of no right type is the id of none. */
function idOf(command: CommandType, data: Data, unfit: readonly Refusal[]): string {
  const { id } = command;
  return id === undefined || unfit.some(({ field }) => field === id) ? '' : words(data[id]);
}

const ORDER: Refusal['reason'][] = ['missing', 'required', 'unfit', 'history', 'rule'];

/** Everything that stands in the way, in LES's order. What is of no right type is not missing. */
function all(refusals: readonly Refusal[], unfit: readonly Refusal[]): Refusal[] {
  const isUnfit = (field: string) => unfit.some((one) => one.field === field);
  const others = refusals.filter(({ reason, field }) => reason !== 'required' || !isUnfit(field));
  return [...others, ...unfit].sort((one, other) => ORDER.indexOf(one.reason) - ORDER.indexOf(other.reason));
}
