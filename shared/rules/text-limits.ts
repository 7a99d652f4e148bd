import { countCharacters, firstCharacters } from './count-characters.ts';

/**
 * Text limits per platform, placement and field, as data. Over `visible` is a warning with a preview of the cut; over `hard` is an
 * error of the row. Nothing is ever shortened for the user. Source: launching guide §6.
 */
export type TextField = 'primaryText' | 'headline' | 'description';
export type Placement = 'feed' | 'instagram-feed' | 'stories' | 'reels';

export interface TextLimit {
  platform: 'meta';
  placement: Placement;
  field: TextField;
  /** Characters shown before the cut, or advised. */
  visible: number;
  /** Most the platform accepts; null = not known. */
  hard: number | null;
  unit: 'grapheme';
  mark: 'vendor docs' | 'single source';
  source: string;
  /** When the value was last read, "YYYY-MM". */
  asOf: string;
}

const GUIDE = 'launching guide §6';
const COPY_SPECS = 'https://adsuploader.com/blog/meta-ad-copy-specs';
const meta = (
  placement: Placement,
  field: TextField,
  visible: number,
  hard: number | null,
  mark: TextLimit['mark'],
  source: string,
): TextLimit => ({
  platform: 'meta',
  placement,
  field,
  visible,
  hard,
  unit: 'grapheme',
  mark,
  source,
  asOf: '2026-11',
});

export const TEXT_LIMITS: readonly TextLimit[] = [
  meta('feed', 'primaryText', 125, 2_200, 'single source', COPY_SPECS),
  meta('feed', 'headline', 27, null, 'single source', COPY_SPECS),
  meta('feed', 'description', 30, null, 'single source', COPY_SPECS),
  meta('instagram-feed', 'primaryText', 125, 2_200, 'single source', COPY_SPECS),
  meta('instagram-feed', 'headline', 40, null, 'single source', COPY_SPECS),
  meta('stories', 'primaryText', 125, 2_200, 'vendor docs', GUIDE),
  meta('stories', 'headline', 40, null, 'vendor docs', GUIDE),
  meta('reels', 'primaryText', 125, 2_200, 'vendor docs', GUIDE),
  meta('reels', 'headline', 10, null, 'single source', GUIDE),
];

export interface TextFinding {
  placement: Placement;
  field: TextField;
  severity: 'warning' | 'error';
  limit: number;
  length: number;
  /** What the reader sees before the cut; for errors, the text up to the limit. */
  preview: string;
  source: string;
}

/** Strictest known hard maximum of a field over the placements; null when none is known. */
export function hardMaximum(platform: TextLimit['platform'], field: TextField): number | null {
  const known = TEXT_LIMITS.flatMap((limit) =>
    limit.platform === platform && limit.field === field && limit.hard !== null ? [limit.hard] : [],
  );
  return known.length === 0 ? null : Math.min(...known);
}

/** Checks one text against every placement asked for. An empty list = it fits everywhere. */
export function checkText(
  platform: TextLimit['platform'],
  field: TextField,
  text: string,
  placements: readonly Placement[] = ['feed'],
): TextFinding[] {
  const length = countCharacters(text);
  return TEXT_LIMITS.filter(
    (limit) => limit.platform === platform && limit.field === field && placements.includes(limit.placement),
  ).flatMap((limit) => {
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
