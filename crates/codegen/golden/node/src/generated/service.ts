/** Everything the service consists of. Generated from the model. */

import type { Service } from '../core/service.ts';
import { decider as todoDecider } from '../domain/todo.ts';
import { decider as userDecider } from '../domain/user.ts';
import * as readModels from './readmodels.ts';
import * as todo from './todo.ts';
import * as user from './user.ts';

export const service: Service = {
  title: 'TODO List',
  streams: [
    { context: '', name: 'User', commands: user.commands, events: user.events, decider: userDecider },
    { context: '', name: 'Todo', commands: todo.commands, events: todo.events, decider: todoDecider },
  ],
  readModels: [
    readModels.UserLookup,
    readModels.TODOList,
  ],
  policies: [],
};
