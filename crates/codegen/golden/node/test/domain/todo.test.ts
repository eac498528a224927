/** Decisions about one Todo. This file is yours: it was generated once and is never written again. */

import { test } from 'node:test';
import { decider } from '../../src/domain/todo.ts';
import { given } from '../support/decider.ts';

test('AddTODOListItem leads to TodoAdded', () =>
  given(decider)
    .when(
      {
        type: 'AddTODOListItem',
        data: { userId: 'user-1', description: 'some description', dateCreated: 'some date created', todoId: 'todo-1' },
      },
      ['userId'],
    )
    .then(
      {
        type: 'TodoAdded',
        data: { description: 'some description', dateCreated: 'some date created', todoId: 'todo-1' },
      },
    ));

test('AddTODOListItem is refused without what it needs', () =>
  given(decider)
    .when(
      { type: 'AddTODOListItem', data: {} },
    )
    .thenRefused(
      'userId does not exist.',
      'todoId is a required field.',
    ));

test('MarkComplete leads to TodoCompleted', () =>
  given(decider)
    .when(
      { type: 'MarkComplete', data: { todoId: 'todo-1', isComplete: 'some is complete' } },
    )
    .then(
      { type: 'TodoCompleted', data: { todoId: 'todo-1', isComplete: 'some is complete' } },
    ));

test('MarkComplete is refused without what it needs', () =>
  given(decider)
    .when(
      { type: 'MarkComplete', data: {} },
    )
    .thenRefused(
      'todoId is a required field.',
    ));

test('DeleteItem leads to TodoDeleted', () =>
  given(decider)
    .when(
      { type: 'DeleteItem', data: { todoId: 'todo-1', isDeleted: 'some is deleted' } },
    )
    .then(
      { type: 'TodoDeleted', data: { todoId: 'todo-1', isDeleted: 'some is deleted' } },
    ));

test('DeleteItem is refused without what it needs', () =>
  given(decider)
    .when(
      { type: 'DeleteItem', data: {} },
    )
    .thenRefused(
      'todoId is a required field.',
    ));
