/** Graph's "2026-11-20T10:00:00+0000", whose offset lacks the colon that dates need; null = not an instant. */
export function toInstant(text: unknown): Date | null {
  if (typeof text !== 'string') return null;
  const instant = new Date(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(instant.getTime()) ? null : instant;
}
