/**
 * How far somebody has followed the log. The event that was taken in last stands beside its position: a log that does
 * not hold it is another one than was followed. It was emptied or restored, or the settings name the wrong one.
 */

import type { EventStore, StoredEvent } from './events.ts';

export interface Checkpoint {
  readonly position: number;
  readonly stream: string;
  readonly eventId: string;
}

export const BEGINNING: Checkpoint = { position: 0, stream: '', eventId: '' };

export const behind = ({ position, stream, metadata }: StoredEvent): Checkpoint => ({
  position,
  stream,
  eventId: metadata.id,
});

/** Whether it is this log that was followed. */
export async function isOf(log: EventStore, { position, stream, eventId }: Checkpoint): Promise<boolean> {
  if (position === 0) return true;
  return (await log.read(stream)).some(({ metadata }) => metadata.id === eventId);
}
