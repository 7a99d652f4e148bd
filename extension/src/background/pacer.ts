/** Lets through at most `calls` per `perMs`, first come first served. Waiting calls keep their order. */
export function createPacer(calls: number, perMs: number, now: () => number, wait: (ms: number) => Promise<void>): () => Promise<void> {
  const started: number[] = [];
  let tail: Promise<void> = Promise.resolve();
  return () =>
    (tail = tail.then(async () => {
      const oldest = started.length < calls ? undefined : started.shift();
      if (oldest !== undefined && now() - oldest < perMs) await wait(perMs - (now() - oldest));
      started.push(now());
    }));
}
