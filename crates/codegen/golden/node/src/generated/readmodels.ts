/** The read models: what each event makes of the row with its key. Generated from the model. */

import { type ReadModel, row } from '../core/service.ts';
import type * as todo from './todo.ts';
import type * as user from './user.ts';

/** User Lookup */
export const UserLookup: ReadModel = {
  context: '',
  name: 'UserLookup',
  columns: ['userId', 'email'],
  key: 'userId',
  on: {
    UserRegistered: (data: user.UserRegistered['data']) => row(data.userId, { userId: data.userId, email: data.email }),
  },
};

/** TODO List */
export const TODOList: ReadModel = {
  context: '',
  name: 'TODOList',
  columns: ['todoId', 'description', 'dateCreated', 'isComplete'],
  key: 'todoId',
  on: {
    TodoAdded: (data: todo.TodoAdded['data']) =>
      row(data.todoId, { todoId: data.todoId, description: data.description, dateCreated: data.dateCreated }),
    TodoCompleted: (data: todo.TodoCompleted['data']) =>
      row(data.todoId, { todoId: data.todoId, isComplete: data.isComplete }),
  },
};
