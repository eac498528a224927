/** Decisions about one User. This file is yours: it was generated once and is never written again. */

import { test } from 'node:test';
import { decider } from '../../src/domain/user.ts';
import { given } from '../support/decider.ts';

test('Register leads to UserRegistered', () =>
  given(decider)
    .when(
      { type: 'Register', data: { email: 'some email', password: 'some password', userId: 'user-1' } },
    )
    .then(
      { type: 'UserRegistered', data: { email: 'some email', password: 'some password', userId: 'user-1' } },
    ));

test('Register is refused without what it needs', () =>
  given(decider)
    .when(
      { type: 'Register', data: {} },
    )
    .thenRefused(
      'userId is a required field.',
    ));
