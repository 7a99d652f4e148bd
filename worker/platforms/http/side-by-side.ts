/** Works through a list so many at a time, results in its order; the first failure is thrown when what was under way has ended. */
export async function sideBySide<T, Result>(width: number, list: readonly T[], work: (one: T) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  const failures: unknown[] = [];
  let next = 0;
  const lane = async () => {
    while (next < list.length && failures.length === 0) {
      const i = next++;
      try {
        results[i] = await work(list[i] as T);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, list.length) }, lane));
  if (failures.length > 0) throw failures[0];
  return results;
}
