/**
 * The pure heart of every stream: a decision on a command, and what an event makes of the state.
 * Nothing here reads a clock, a file or the network.
 */

export interface Message<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/** Why a command is refused. `field` is the parameter it is about, or empty. */
export interface Refusal {
  readonly field: string;
  readonly msg: string;
  readonly reason: 'missing' | 'required' | 'unfit' | 'history' | 'rule';
}

export type Decision<Event extends Message> =
  | { readonly accepted: true; readonly events: readonly Event[] }
  | { readonly accepted: false; readonly refusals: readonly Refusal[] };

/** The parameters whose value exists in the read model that `MustExistIn` names. */
export type Lookups = ReadonlySet<string>;

export interface Decider<Command extends Message, Event extends Message, State> {
  readonly initialState: State;
  decide(command: Command, state: State, lookups: Lookups): Decision<Event>;
  evolve(state: State, event: Event): State;
}

/** A decision for each command: one that is missing is an error of the compiler. */
export type Decisions<Command extends Message, Event extends Message, State> = {
  readonly [C in Command as C['type']]: (command: C, state: State, lookups: Lookups) => Decision<Event>;
};

export function createDecider<Command extends Message, Event extends Message, State>(parts: {
  initialState: State;
  evolve: (state: State, event: Event) => State;
  decide: Decisions<Command, Event, State>;
}): Decider<Command, Event, State> {
  const decisions = parts.decide as { [type: string]: Decider<Command, Event, State>['decide'] };
  return {
    initialState: parts.initialState,
    evolve: parts.evolve,
    decide: (command, state, lookups) => {
      const decide = decisions[command.type];
      if (!decide) throw new Error(`Nothing decides on ${command.type}.`);
      return decide(command, state, lookups);
    },
  };
}

export const accepted = <Event extends Message>(...events: Event[]): Decision<Event> => ({ accepted: true, events });

export const refused = (...refusals: Refusal[]): Decision<never> => ({ accepted: false, refusals });

/** Refuses with everything that stands in the way, or else accepts with these events. */
export function decision<Event extends Message>(
  rules: readonly (Refusal | undefined)[],
  events: () => Event[],
): Decision<Event> {
  const refusals = rules.filter((refusal) => refusal !== undefined);
  return refusals.length === 0 ? accepted(...events()) : refused(...refusals);
}

export function mustExist(parameter: string, lookups: Lookups): Refusal | undefined {
  if (lookups.has(parameter)) return undefined;
  return { field: parameter, msg: `${parameter} does not exist.`, reason: 'missing' };
}

export function required(parameter: string, value: unknown): Refusal | undefined {
  if (!isEmpty(value)) return undefined;
  return { field: parameter, msg: `${parameter} is a required field.`, reason: 'required' };
}

/** Which events of a stream have happened. */
export interface History<Type extends string> {
  readonly happened: { readonly [type in Type]?: true };
}

export function mustHaveHappened<Type extends string>(
  state: History<Type>,
  event: Type,
  command: string,
): Refusal | undefined {
  if (state.happened[event]) return undefined;
  return { field: '', msg: `Cannot ${command}. ${event} must have occurred.`, reason: 'history' };
}

export function mustNotHaveHappened<Type extends string>(
  state: History<Type>,
  event: Type,
  command: string,
): Refusal | undefined {
  if (!state.happened[event]) return undefined;
  return { field: '', msg: `Cannot ${command}. ${event} must not have occurred.`, reason: 'history' };
}

/** A rule of your own, for `src/domain`: `rule(cart.items < 100, 'A cart holds at most 100 items.')`. */
export function rule(holds: boolean, msg: string, field = ''): Refusal | undefined {
  return holds ? undefined : { field, msg, reason: 'rule' };
}

/** Nothing was said: not even spaces. */
export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** What an event says: its properties that hold something. */
export function said<Data extends object>(data: Data): { [name in keyof Data]?: NonNullable<Data[name]> } {
  const known = Object.entries(data).filter(([, value]) => !isEmpty(value));
  return Object.fromEntries(known) as { [name in keyof Data]?: NonNullable<Data[name]> };
}
