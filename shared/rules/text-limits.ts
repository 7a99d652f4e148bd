import { platformRules, type AdPlatformId } from './ad-platforms/index.ts';
import type { TextField, TextLimit } from './ad-platforms/platform-rules.ts';
import { countCharacters, countWidth, firstCharacters } from './count-characters.ts';

/**
 * Text limits per platform, placement and field. Over `visible` is a warning with a preview of the cut; over `hard` is an error of the row.
 * Source: launching guide §6.
 */
export interface TextFinding {
  placement: string;
  field: TextField;
  severity: 'warning' | 'error';
  limit: number;
  length: number;
  /** What the reader sees before the cut; for errors, the text up to the limit. */
  preview: string;
  source: string;
}

/** Strictest known hard maximum of a field over the placements; null when none is known. */
export function hardMaximum(platform: AdPlatformId, field: TextField): number | null {
  const known = platformRules(platform).texts.flatMap((limit) => (limit.field === field && limit.hard !== null ? [limit.hard] : []));
  return known.length === 0 ? null : Math.min(...known);
}

/** Whether ads of the platform show this text at all: what is shown nowhere nobody has to write. */
export const showsText = (platform: AdPlatformId, field: TextField): boolean =>
  platformRules(platform).texts.some((limit) => limit.field === field);

/** Checks one text against every placement asked for; absent = the first of the platform. An empty list = it fits everywhere. */
export function checkText(platform: AdPlatformId, field: TextField, text: string, placements?: readonly string[]): TextFinding[] {
  const { texts } = platformRules(platform);
  const asked = placements ?? texts.slice(0, 1).map((limit) => limit.placement);
  return texts
    .filter((limit) => limit.field === field && asked.includes(limit.placement))
    .flatMap((limit) => {
      const length = lengthOf(text, limit.unit);
      const over = limit.hard !== null && length > limit.hard ? ('error' as const) : length > limit.visible ? ('warning' as const) : null;
      if (over === null) return [];
      const bound = over === 'error' ? (limit.hard as number) : limit.visible;
      return [
        {
          placement: limit.placement,
          field,
          severity: over,
          limit: bound,
          length,
          preview: firstCharacters(text, bound),
          source: limit.source,
        },
      ];
    });
}

const lengthOf = (text: string, unit: TextLimit['unit']): number => (unit === 'grapheme' ? countCharacters(text) : countWidth(text));
