import { canonicalJson } from './canonical-json.ts';
import type { CreativeSpec, PlannedItem } from './planned-item.ts';
import { linkWithoutTracking } from './tracking.ts';

/**
 * What makes two ads the same to the people who see them: media, words, where the link leads, and where the ad may be shown. Names, link
 * parameters that only count, budgets and dates do not. Source: launching guide §11.
 */
export interface AdFingerprint {
  itemPath: string;
  adSetPath: string;
  /** The bytes a fingerprint is taken over: equal for equal ads of one ad account. */
  input: string;
}

/** The fingerprint of every ad among the items of one plan, in their order. Hashing is the caller's: rules are synchronous. */
export function adFingerprints(items: readonly PlannedItem[]): AdFingerprint[] {
  const hashes = new Map<string, string>();
  const creatives = new Map<string, CreativeSpec>();
  for (const item of items) {
    if (item.kind === 'media') hashes.set(item.itemPath, item.spec.sha256 ?? item.itemPath);
    else if (item.kind === 'creative') creatives.set(item.itemPath, item.spec);
  }
  return items.flatMap((item): AdFingerprint[] => {
    if (item.kind !== 'ad') return [];
    const { adSetPath, creativePath, creative } = item.spec;
    const content = creative ?? creatives.get(creativePath ?? '');
    if (content === undefined) throw new Error(`${item.itemPath} has no content`);
    return [{ itemPath: item.itemPath, adSetPath, input: fingerprintInput(content, hashes) }];
  });
}

function fingerprintInput(content: CreativeSpec, hashes: ReadonlyMap<string, string>): string {
  const hashOf = (path: string | null): string | null => (path === null ? null : (hashes.get(path) ?? path));
  return canonicalJson({
    media: [hashOf(content.mediaPath), hashOf(content.thumbnailPath)],
    // The platform shows whichever of several it likes best, so their order says nothing.
    headlines: texts([content.headline, ...content.moreHeadlines]),
    primaryTexts: texts([content.primaryText, ...content.morePrimaryTexts]),
    descriptions: texts([content.description, ...content.moreDescriptions]),
    button: content.callToAction,
    leadsTo: content.linkUrl === null ? null : linkWithoutTracking(content.linkUrl),
    form: content.leadFormId,
    placements: 'automatic', // as every plan's are in this release
  });
}

/** Each text once, without the differences nobody reads: case, width of signs, runs of blanks. */
function texts(list: readonly string[]): string[] {
  return [...new Set(list.map((text) => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim()))]
    .filter((text) => text !== '')
    .toSorted();
}
