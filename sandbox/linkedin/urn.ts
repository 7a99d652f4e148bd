/** URNs as the platform writes them: numbers in paths, URNs in bodies. */
const SPACE: Record<string, string> = { llaPartnerConversion: 'lla' };

export function urnOf(type: string, id: string | number): string {
  return `urn:${SPACE[type] ?? 'li'}:${type}:${id}`;
}

/** The id inside a URN of this type, or null when it is something else. */
export function idInUrn(value: unknown, type: string): string | null {
  if (typeof value !== 'string') return null;
  const start = urnOf(type, '');
  const id = value.slice(start.length);
  return value.startsWith(start) && /^[\w-]+$/.test(id) ? id : null;
}

/** A path takes the number or the whole URN of the same thing. */
export function idInPath(value: string, type: string): string {
  return idInUrn(value, type) ?? value;
}
