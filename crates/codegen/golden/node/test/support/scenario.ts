/**
 * Scenarios: examples of given, when, then, played on the whole service in memory.
 * Given events are facts, so nothing follows from them; given commands are carried out with all that follows.
 */

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { Application } from '../../src/app.ts';
import { isEmpty, type Refusal } from '../../src/core/decider.ts';
import type { StoredEvent } from '../../src/core/events.ts';
import { convert } from '../../src/core/policies.ts';
import { isHashOf } from '../../src/core/privacy.ts';
import { eventType, fullName, inContext, type Stream, streamName } from '../../src/core/service.ts';
import { typeOf } from '../../src/core/types.ts';
import { number, words } from '../../src/core/values.ts';
import { service } from '../../src/generated/service.ts';

type Data = { readonly [name: string]: unknown };
type Step = (play: Play) => Promise<void>;

export const scenario = (name: string, steps: readonly Step[]) =>
  test(name, async () => {
    const play = new Play();
    for (const step of steps) await step(play);
    play.nothingRefused();
  });

/** An event or a command that came before. */
export const given = (type: string, data: Data = {}): Step => (play) =>
  eventType(service, type) ? play.fact(type, data) : play.given(type, data);

export const when = (type: string, data: Data = {}): Step => (play) => play.send(type, data);

/** These events and no others happened, in this order. */
export const then = (...events: readonly Expected[]): Step => (play) => play.happened(events);

export const event = (type: string, data: Data = {}): Expected => ({ type, data });

/** The command was refused; without a message any will do. */
export const rejected = (message = ''): Step => async (play) => play.rejected(message);

/** A read model has a row like that. */
export const expect = (readModel: string, row: Data = {}): Step => (play) => play.row(readModel, row);

interface Expected {
  readonly type: string;
  readonly data: Data;
}

class Play {
  private readonly app = new Application(service);
  private seen = 0;
  private refusals: readonly Refusal[] = [];

  async fact(type: string, data: Data): Promise<void> {
    const stream = found(service.streams, (one) => Object.keys(one.events).some((name) => full(one, name) === type));
    const id = Object.values(stream.commands).find((command) => command.id !== undefined)?.id ?? '';
    const name = streamName(stream, words(data[id]));
    const history = await this.app.events.read(name);
    const opened = await this.app.privacy.open(history.map((event) => event.data as Data));
    const carried = (property: string) => opened.map((one) => one[property]).findLast((value) => !isEmpty(value));
    const known = eventType(service, type);
    const all = (known?.properties ?? []).map((property) => [property, data[property] ?? carried(property)]);
    const filled = Object.fromEntries(all.filter(([, value]) => value !== undefined));
    const metadata = { id: randomUUID(), time: new Date().toISOString(), correlationId: 'given', causationId: 'given' };
    const sealed = await this.app.privacy.seal(name, filled, known?.personal);
    await this.app.events.append(name, history.length, [{ type, data: sealed, metadata }]);
    await this.app.projector.catchUp();
    await this.app.policies.skip();
    await this.look();
  }

  async given(type: string, data: Data): Promise<void> {
    await this.send(type, data);
    this.nothingRefused();
    await this.look();
  }

  async send(type: string, data: Data): Promise<void> {
    const stream = found(service.streams, (one) => Object.keys(one.commands).some((name) => full(one, name) === type));
    const name = type.slice(inContext(stream.context, '').length);
    const outcome = await this.app.commands.send({
      stream,
      type: name,
      data: await this.withId(stream, name, data),
      correlationId: randomUUID(),
      causationId: randomUUID(),
      eventId: () => randomUUID(),
    });
    await this.app.follow();
    this.refusals = outcome.kind === 'refused' ? outcome.refusals : [];
  }

  /** What comes into being without an id gets a number that is free. */
  private async withId(stream: Stream, type: string, data: Data): Promise<Data> {
    const { id, creates, parameters } = stream.commands[type] ?? {};
    if (!creates || id === undefined || data[id] !== undefined) return data;
    const { kind, list } = typeOf(parameters?.shape[id] as never);
    const next = String((await this.app.events.count(fullName(stream))) + 1);
    return { ...data, [id]: kind === 'uuid' ? randomUUID() : convert(next, { kind, list }) };
  }

  async happened(expected: readonly Expected[]): Promise<void> {
    this.nothingRefused();
    const events = await this.look();
    assert.deepEqual(
      events.map(({ type }) => type),
      expected.map(({ type }) => type),
    );
    const opened = await this.app.privacy.open(events.map((event) => event.data as Data));
    for (const [index, { type, data }] of expected.entries()) {
      for (const [property, value] of Object.entries(data)) {
        const actual = opened[index]?.[property];
        const isHashed = eventType(service, type)?.hashed?.includes(property) ?? false;
        const same = isHashed ? await isHashOf(words(value), words(actual)) : isSame(value, actual);
        assert.ok(same, `${property} of ${type} is ${words(actual)}, not ${words(value)}.`);
      }
    }
  }

  rejected(message: string): void {
    const messages = this.refusals.map(({ msg }) => msg);
    assert.notEqual(messages.length, 0, 'The command was accepted, although it should have been rejected.');
    const fits = message === '' || messages.includes(message) || messages.join(' ') === message;
    assert.ok(fits, `It was rejected for another reason. ${messages.join(' ')}`);
    this.refusals = [];
  }

  async row(readModel: string, row: Data): Promise<void> {
    const rows = await this.app.privacy.open(await this.app.readModels.rows(readModel));
    const fits = rows.some((one) => Object.entries(row).every(([column, value]) => isSame(value, one[column])));
    assert.ok(fits, `${readModel} has no row like ${JSON.stringify(row)}, only ${JSON.stringify(rows)}.`);
  }

  nothingRefused(): void {
    assert.deepEqual(this.refusals.map(({ msg }) => msg), []);
  }

  /** The events since somebody looked. */
  private async look(): Promise<StoredEvent[]> {
    const events = await this.app.events.readAll(this.seen, Number.MAX_SAFE_INTEGER);
    this.seen += events.length;
    return events;
  }
}

const full = (stream: Stream, name: string) => inContext(stream.context, name);

function found(streams: readonly Stream[], wanted: (stream: Stream) => boolean): Stream {
  const stream = streams.find(wanted);
  assert.ok(stream, 'The model has nothing of that name.');
  return stream;
}

/** `4.2` is `4.20`, in a text too. */
function isSame(expected: unknown, actual: unknown): boolean {
  if (words(expected).trim() === '') return words(actual).trim() === '';
  if (words(expected) === words(actual)) return true;
  const numbers = [number(expected), number(actual)] as const;
  return String(expected).includes('.') && numbers[0] !== undefined && numbers[1] !== undefined &&
    numbers[0].compare(numbers[1]) === 0;
}
