import { platformRules, type AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import { checkUtm, type UtmFinding } from '#shared/rules/utm.ts';

/** One link parameter as typed. */
export interface UtmRow {
  key: string;
  value: string;
}

export function standardUtm(platform: AdPlatformId): UtmRow[] {
  return Object.entries(platformRules(platform).macros.standard).map(([key, value]) => ({ key, value }));
}

/** The rows as a plan holds them; a row without a name and a value is not there. Of a name that is there twice the last stays. */
export function utmOfRows(rows: readonly UtmRow[]): Record<string, string> {
  return Object.fromEntries(rows.filter((row) => !isBlank(row)).map(({ key, value }) => [key.trim(), value.trim()]));
}

/** The first fault of each row, in the words of the plan's own check; null = none. A name that is there twice is a fault of the later row. */
export function faultsOfRows(rows: readonly UtmRow[], platform: AdPlatformId): (UtmFinding | null)[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    if (isBlank(row)) return null;
    const [key, value] = [row.key.trim(), row.value.trim()];
    const twice = seen.has(key.toLowerCase());
    seen.add(key.toLowerCase());
    if (twice) return { code: 'DUPLICATE_KEY', severity: 'error', key, value: key };
    return checkUtm({ [key]: value }, platform).find((one) => one.severity === 'error') ?? null;
  });
}

function isBlank({ key, value }: UtmRow): boolean {
  return key.trim() === '' && value.trim() === '';
}
