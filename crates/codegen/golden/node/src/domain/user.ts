/**
 * Decisions about one User. This file is yours: it was generated once and is never written again.
 *
 * A decision of your own is a pure function of the command, the state and the lookups:
 *
 *     Register: (command, state, lookups) => (tooLate(state) ? refused(...) : user.register(command, state, lookups))
 *
 * A new command of the model is an error of the compiler here, until it has its line.
 */

import { createDecider } from '../core/decider.ts';
import * as user from '../generated/user.ts';

export const decider = createDecider<user.UserCommand, user.UserEvent, user.UserState>({
  initialState: user.initialState,
  evolve: user.evolve,
  decide: {
    Register: user.register,
  },
});
