/** Counts how often the page took our nodes away; true when it is time to give up: five times in ten seconds. */
export function createStubbornness(now: () => number, times = 5, withinMs = 10_000): () => boolean {
  const removals: number[] = [];
  return () => {
    removals.push(now());
    while (removals.length > 0 && now() - (removals[0] as number) > withinMs) removals.shift();
    return removals.length >= times;
  };
}
