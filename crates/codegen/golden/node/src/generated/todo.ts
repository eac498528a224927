/**
 * The stream Todo: commands, events, state, and the decisions as the model has them.
 * Generated from the model, and again with each change of it. What you decide yourself is in
 * `src/domain/todo.ts`.
 */

import { z } from 'zod';
import {
  decision,
  type Decision,
  type History,
  type Lookups,
  type Message,
  mustExist,
  required,
  said,
} from '../core/decider.ts';
import { key, text } from '../core/types.ts';

export const commands = {
  /** Add TODO List Item */
  AddTODOListItem: {
    parameters: z.object({ userId: key, description: text, dateCreated: text, todoId: key }),
    id: 'todoId',
    creates: true,
    lookups: { userId: 'UserLookup' },
  },
  /** Mark Complete */
  MarkComplete: {
    parameters: z.object({ todoId: key, isComplete: text }),
    id: 'todoId',
  },
  /** Delete Item */
  DeleteItem: {
    parameters: z.object({ todoId: key, isDeleted: text }),
    id: 'todoId',
  },
} as const;

export type AddTODOListItem = Message<'AddTODOListItem', z.infer<typeof commands.AddTODOListItem.parameters>>;
export type MarkComplete = Message<'MarkComplete', z.infer<typeof commands.MarkComplete.parameters>>;
export type DeleteItem = Message<'DeleteItem', z.infer<typeof commands.DeleteItem.parameters>>;

export type TodoCommand = AddTODOListItem | MarkComplete | DeleteItem;

export const events = {
  TodoAdded: { properties: ['description', 'dateCreated', 'todoId'] },
  TodoCompleted: { properties: ['todoId', 'isComplete'] },
  TodoDeleted: { properties: ['todoId', 'isDeleted'] },
} as const;

export type TodoAdded = Message<'TodoAdded', { description?: string; dateCreated?: string; todoId?: string }>;
export type TodoCompleted = Message<'TodoCompleted', { todoId?: string; isComplete?: string }>;
export type TodoDeleted = Message<'TodoDeleted', { todoId?: string; isDeleted?: string }>;

export type TodoEvent = TodoAdded | TodoCompleted | TodoDeleted;

/** What decisions know of one Todo: what has happened, and what was said last. */
export interface TodoState extends History<TodoEvent['type']> {
  readonly last: {
    description?: string;
    dateCreated?: string;
    todoId?: string;
    isComplete?: string;
    isDeleted?: string;
  };
}

export const initialState: TodoState = { happened: {}, last: {} };

export function evolve(state: TodoState, event: TodoEvent): TodoState {
  return { happened: { ...state.happened, [event.type]: true }, last: { ...state.last, ...said(event.data) } };
}

export function addTODOListItem({ data }: AddTODOListItem, _state: TodoState, lookups: Lookups): Decision<TodoEvent> {
  return decision(
    [
      mustExist('userId', lookups),
      required('todoId', data.todoId),
    ],
    () => [
      {
        type: 'TodoAdded',
        data: { description: data.description, dateCreated: data.dateCreated, todoId: data.todoId },
      },
    ],
  );
}

export function markComplete({ data }: MarkComplete, _state: TodoState, _lookups: Lookups): Decision<TodoEvent> {
  return decision(
    [
      required('todoId', data.todoId),
    ],
    () => [
      { type: 'TodoCompleted', data: { todoId: data.todoId, isComplete: data.isComplete } },
    ],
  );
}

export function deleteItem({ data }: DeleteItem, _state: TodoState, _lookups: Lookups): Decision<TodoEvent> {
  return decision(
    [
      required('todoId', data.todoId),
    ],
    () => [
      { type: 'TodoDeleted', data: { todoId: data.todoId, isDeleted: data.isDeleted } },
    ],
  );
}
