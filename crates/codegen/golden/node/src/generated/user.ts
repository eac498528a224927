/**
 * The stream User: commands, events, state, and the decisions as the model has them.
 * Generated from the model, and again with each change of it. What you decide yourself is in
 * `src/domain/user.ts`.
 */

import { z } from 'zod';
import { decision, type Decision, type History, type Lookups, type Message, required, said } from '../core/decider.ts';
import { key, text } from '../core/types.ts';

export const commands = {
  /** Register */
  Register: {
    parameters: z.object({ email: text, password: text, userId: key }),
    id: 'userId',
    creates: true,
    hashed: ['password'],
  },
} as const;

export type Register = Message<'Register', z.infer<typeof commands.Register.parameters>>;

export type UserCommand = Register;

export const events = {
  UserRegistered: { properties: ['email', 'password', 'userId'], hashed: ['password'] },
} as const;

export type UserRegistered = Message<'UserRegistered', { email?: string; password?: string; userId?: string }>;

export type UserEvent = UserRegistered;

/** What decisions know of one User: what has happened, and what was said last. */
export interface UserState extends History<UserEvent['type']> {
  readonly last: { email?: string; password?: string; userId?: string };
}

export const initialState: UserState = { happened: {}, last: {} };

export function evolve(state: UserState, event: UserEvent): UserState {
  return { happened: { ...state.happened, [event.type]: true }, last: { ...state.last, ...said(event.data) } };
}

export function register({ data }: Register, _state: UserState, _lookups: Lookups): Decision<UserEvent> {
  return decision(
    [
      required('userId', data.userId),
    ],
    () => [
      { type: 'UserRegistered', data: { email: data.email, password: data.password, userId: data.userId } },
    ],
  );
}
