import type { LaunchItem } from '#shared/contracts/launches.ts';
import { minorFromText, textFromMinor } from '../screens/settings/spending/amount-text.ts';

type Fields = LaunchItem['correctable'];

/** What stands in the row now, as a person types it. */
export function textsOf(fields: Fields, currency: string): Record<string, string> {
  return Object.fromEntries(fields.map(({ field, value }) => [field, textOf(field, value, currency)]));
}

/** The values that differ from what stands there; null = something typed is no value of its field. */
export function changesOf(fields: Fields, texts: Readonly<Record<string, string>>, currency: string): Record<string, unknown> | null {
  const changes: Record<string, unknown> = {};
  for (const { field, value } of fields) {
    const text = texts[field] ?? '';
    if (text === textOf(field, value, currency)) continue;
    const typed = valueOf(field, text, currency);
    if (typed === undefined) return null;
    changes[field] = typed;
  }
  return changes;
}

/** One value as a person reads and types it; nothing is empty. */
export function textOf(field: string, value: unknown, currency: string): string {
  if (value === null || value === undefined) return '';
  if (field === 'dailyBudgetMinor') return textFromMinor(Number(value), currency);
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function valueOf(field: string, text: string, currency: string): unknown {
  switch (field) {
    case 'dailyBudgetMinor':
      return minorFromText(text, currency) ?? undefined;
    case 'ageMin':
    case 'ageMax':
      return text.trim() === '' ? null : /^\d{1,2}$/.test(text.trim()) ? Number(text) : undefined;
    case 'countries': {
      const codes = text
        .toUpperCase()
        .split(/[\s,]+/)
        .filter(Boolean);
      return codes.length > 0 && codes.every((code) => /^[A-Z]{2}$/.test(code)) ? codes : undefined;
    }
    default:
      return text;
  }
}
