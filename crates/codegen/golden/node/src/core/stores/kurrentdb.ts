/**
 * Events in KurrentDB. Positions are its commit positions. A server holds the streams of many services, and what it
 * writes for itself: all but this service's own is passed over, by the server.
 */

import { setTimeout } from 'node:timers/promises';
import {
  CancelledError,
  DeadlineExceededError,
  FORWARDS,
  jsonEvent,
  KurrentDBClient,
  NO_STREAM,
  NotLeaderError,
  type RecordedEvent,
  START,
  StreamNotFoundError,
  streamNameFilter,
  TimeoutError,
  UnavailableError,
  WrongExpectedVersionError,
} from '@kurrent/kurrentdb-client';
import { type EventStore, type Metadata, type NewEvent, type StoredEvent, WrongVersion } from '../events.ts';

export class KurrentEvents implements EventStore {
  private constructor(
    private readonly client: KurrentDBClient,
    private readonly kinds: readonly string[],
  ) {}

  /** The streams of these kinds at `kurrentdb://localhost:2113?tls=false`. */
  static async open(url: string, kinds: readonly string[]): Promise<KurrentEvents> {
    return new KurrentEvents(KurrentDBClient.connectionString(url), kinds);
  }

  async append(stream: string, expectedVersion: number, events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    const written = events.map(({ type, data, metadata }) =>
      jsonEvent({ id: metadata.id, type, data: data as Record<string, unknown>, metadata: { ...metadata } }),
    );
    // Revisions count from 0, versions from 1.
    const streamState = expectedVersion === 0 ? NO_STREAM : BigInt(expectedVersion - 1);
    try {
      await patiently(() => this.client.appendToStream(stream, written, { streamState }));
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) throw new WrongVersion(stream, expectedVersion);
      throw error;
    }
  }

  async read(stream: string): Promise<StoredEvent[]> {
    return patiently(async () => {
      const events: StoredEvent[] = [];
      try {
        for await (const { event } of this.client.readStream(stream)) if (event) events.push(stored(event));
      } catch (error) {
        if (!(error instanceof StreamNotFoundError)) throw error;
      }
      return events;
    });
  }

  async readAll(after: number, limit: number): Promise<StoredEvent[]> {
    const position = BigInt(after);
    return patiently(async () => {
      const events: StoredEvent[] = [];
      const read = this.client.readAll({
        direction: FORWARDS,
        fromPosition: after === 0 ? START : { commit: position, prepare: position },
        // The first one is that of the position itself.
        maxCount: limit + 1,
        filter: ofKinds(this.kinds),
      });
      for await (const { event } of read) {
        if (event && event.position.commit > position) events.push(stored(event));
      }
      return events.slice(0, limit);
    });
  }

  async count(kind: string): Promise<number> {
    return patiently(async () => {
      let count = 0;
      const read = this.client.readAll({ direction: FORWARDS, fromPosition: START, filter: ofKinds([kind]) });
      for await (const { event } of read) if (event?.revision === 0n) count += 1;
      return count;
    });
  }

  async close(): Promise<void> {
    await this.client.dispose();
  }
}

/** The server was not there for a moment, or another node leads now. */
const PASSING = [UnavailableError, CancelledError, DeadlineExceededError, TimeoutError, NotLeaderError];
const PAUSES = [50, 100, 200, 400, 800];

/** Asks again after what passes. That does no harm: reading changes nothing, and the server knows events by their ids. */
async function patiently<R>(ask: () => Promise<R>): Promise<R> {
  for (const pause of PAUSES) {
    try {
      return await ask();
    } catch (error) {
      if (!PASSING.some((passing) => error instanceof passing)) throw error;
    }
    await setTimeout(pause);
  }
  return ask();
}

/** Streams named `Todo` or `Todo-1`. */
function ofKinds(kinds: readonly string[]) {
  const names = kinds.map((kind) => kind.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return streamNameFilter({ regex: `^(${names.join('|')})(-|$)` });
}

const stored = (event: RecordedEvent): StoredEvent => ({
  position: Number(event.position?.commit ?? 0),
  stream: event.streamId,
  version: Number(event.revision) + 1,
  type: event.type,
  data: event.data as Record<string, unknown>,
  metadata: event.metadata as unknown as Metadata,
});
