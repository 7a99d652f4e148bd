import { platformRules, type AdPlatformId } from './ad-platforms/index.ts';
import type { Placement, PlacementId, TextField, TextLimit } from './ad-platforms/platform-rules.ts';
import { countCharacters, countWidth, firstCharacters, firstWide } from './count-characters.ts';
import type { Ratio } from './launch-plan.ts';

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
      // What a place does not show at all it does not cut.
      const isCut = limit.visible > 0 && length > limit.visible;
      const over = limit.hard !== null && length > limit.hard ? ('error' as const) : isCut ? ('warning' as const) : null;
      if (over === null) return [];
      const bound = over === 'error' ? (limit.hard as number) : limit.visible;
      return [
        {
          placement: limit.placement,
          field,
          severity: over,
          limit: bound,
          length,
          preview: firstOf(text, bound, limit.unit),
          source: limit.source,
        },
      ];
    });
}

/** What readers of one placement see of a text before "more"; null = the text is not shown there. For previews: nothing is ever shortened. */
export function seenText(
  platform: AdPlatformId,
  placement: PlacementId,
  field: TextField,
  text: string,
): { seen: string; length: number; visible: number; isCut: boolean } | null {
  const limit = platformRules(platform).texts.find((one) => one.placement === placement && one.field === field);
  if (limit === undefined || limit.visible === 0 || text === '') return null;
  const length = lengthOf(text, limit.unit);
  const isCut = length > limit.visible;
  return { seen: isCut ? firstOf(text, limit.visible, limit.unit).trimEnd() : text, length, visible: limit.visible, isCut };
}

/** Where an ad of this file is drawn first: a place its shape is made for. `within` = the only place its goal has. */
export function placementFor(platform: AdPlatformId, ratio: Ratio | null, within: PlacementId | null): Placement {
  const { placements } = platformRules(platform);
  const asked = placements.filter((one) => within === null || one.id === within);
  const found = asked.find((one) => ratio !== null && one.ratios.includes(ratio)) ?? asked[0];
  if (found === undefined) throw new Error(`${platform} has no placement ${within}`);
  return found;
}

const firstOf = (text: string, limit: number, unit: TextLimit['unit']): string =>
  unit === 'grapheme' ? firstCharacters(text, limit) : firstWide(text, limit);
const lengthOf = (text: string, unit: TextLimit['unit']): number => (unit === 'grapheme' ? countCharacters(text) : countWidth(text));
