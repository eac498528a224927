/**
 * Events in KurrentDB. Positions are its commit positions. A server holds the streams of many services, and what it
 * writes for itself: all but this service's own is passed over, by the server.
 */

import {
  FORWARDS,
  jsonEvent,
  KurrentDBClient,
  NO_STREAM,
  type RecordedEvent,
  START,
  StreamNotFoundError,
  streamNameFilter,
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
      await this.client.appendToStream(stream, written, { streamState });
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) throw new WrongVersion(stream, expectedVersion);
      throw error;
    }
  }

  async read(stream: string): Promise<StoredEvent[]> {
    const events: StoredEvent[] = [];
    try {
      for await (const { event } of this.client.readStream(stream)) if (event) events.push(stored(event));
    } catch (error) {
      if (!(error instanceof StreamNotFoundError)) throw error;
    }
    return events;
  }

  async readAll(after: number, limit: number): Promise<StoredEvent[]> {
    const position = BigInt(after);
    const events: StoredEvent[] = [];
    // The first one is that of the position itself.
    const read = this.client.readAll({
      direction: FORWARDS,
      fromPosition: after === 0 ? START : { commit: position, prepare: position },
      maxCount: limit + 1,
      filter: ofKinds(this.kinds),
    });
    for await (const { event } of read) {
      if (event && event.position.commit > position) events.push(stored(event));
    }
    return events.slice(0, limit);
  }

  async count(kind: string): Promise<number> {
    let count = 0;
    for await (const { event } of this.client.readAll({ direction: FORWARDS, fromPosition: START, filter: ofKinds([kind]) })) {
      if (event?.revision === 0n) count += 1;
    }
    return count;
  }

  async close(): Promise<void> {
    await this.client.dispose();
  }
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
