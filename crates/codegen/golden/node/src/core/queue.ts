/** One run at a time. Whoever asks while one is going on gets the next, which all of them share. */
export function queued(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    next ??= running.catch(() => undefined).then(() => {
      next = undefined;
      running = work();
      return running;
    });
    return next;
  };
}
