/** Given what has happened, when a command comes, then: for the pure decisions of one stream. */

import assert from 'node:assert/strict';
import type { Decider, Message } from '../../src/core/decider.ts';

export function given<Command extends Message, Event extends Message, State>(
  decider: Decider<Command, Event, State>,
  ...events: Event[]
) {
  const state = events.reduce(decider.evolve, decider.initialState);
  return {
    /** `exists`: the parameters whose value is in its read model. */
    when(command: Command, exists: readonly string[] = []) {
      const decision = decider.decide(command, state, new Set(exists));
      return {
        then: (...expected: Event[]) => assert.deepEqual(told(decision), { events: expected.map(plain) }),
        thenRefused: (...messages: string[]) => assert.deepEqual(told(decision), { refused: messages }),
      };
    },
  };
}

function told(decision: ReturnType<Decider<Message, Message, unknown>['decide']>) {
  if (decision.accepted) return { events: decision.events.map(plain) };
  return { refused: decision.refusals.map(({ msg }) => msg) };
}

/** What is undefined is not said. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
