/**
 * Decisions about one Todo. This file is yours: it was generated once and is never written again.
 *
 * A decision of your own is a pure function of the command, the state and the lookups:
 *
 *     AddTODOListItem: (command, state, lookups) => (tooLate(state) ? refused(...) : todo.addTODOListItem(command, state, lookups))
 *
 * A new command of the model is an error of the compiler here, until it has its line.
 */

import { createDecider } from '../core/decider.ts';
import * as todo from '../generated/todo.ts';

export const decider = createDecider<todo.TodoCommand, todo.TodoEvent, todo.TodoState>({
  initialState: todo.initialState,
  evolve: todo.evolve,
  decide: {
    AddTODOListItem: todo.addTODOListItem,
    MarkComplete: todo.markComplete,
    DeleteItem: todo.deleteItem,
  },
});
