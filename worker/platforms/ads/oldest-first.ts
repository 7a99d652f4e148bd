/** By the platform's clock, which counts whole seconds; ids are digit strings that grow. */
export function oldestFirst(a: { externalId: string; createdAt: Date | null }, b: { externalId: string; createdAt: Date | null }): number {
  return (
    (a.createdAt?.getTime() ?? 0) - (b.createdAt?.getTime() ?? 0) ||
    a.externalId.length - b.externalId.length ||
    (a.externalId < b.externalId ? -1 : 1)
  );
}
