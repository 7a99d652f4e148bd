/** The platform's "2026-11-20 10:00:00", which is UTC (unconfirmed); null = not an instant. */
export function toInstant(text: unknown): Date | null {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return null;
  const instant = new Date(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

export const showTime = (instant: Date): string => instant.toISOString().slice(0, 19).replace('T', ' ');
