/** The read models: what each event makes of the row with its key. Generated from the model. */

import { type ReadModel, row } from '../core/service.ts';
import type { TodoAdded, TodoCompleted, TodoDeleted } from './todo.ts';
import type { UserRegistered } from './user.ts';

export const UserLookup: ReadModel = {
  context: '',
  name: 'UserLookup',
  columns: ['userId', 'email'],
  on: {
    UserRegistered: (data: UserRegistered['data']) => row(data.userId, { userId: data.userId, email: data.email }),
  },
};

export const TODOList: ReadModel = {
  context: '',
  name: 'TODOList',
  columns: ['todoId', 'description', 'dateCreated', 'isComplete', 'isDeleted'],
  on: {
    TodoAdded: (data: TodoAdded['data']) =>
      row(data.todoId, { todoId: data.todoId, description: data.description, dateCreated: data.dateCreated }),
    TodoCompleted: (data: TodoCompleted['data']) => row(data.todoId, { todoId: data.todoId, isComplete: data.isComplete }),
    TodoDeleted: (data: TodoDeleted['data']) => row(data.todoId, { todoId: data.todoId, isDeleted: data.isDeleted }),
  },
};
