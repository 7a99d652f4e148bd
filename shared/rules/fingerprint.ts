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
  const inputOf = inputs(hashes);
  return items.flatMap((item): AdFingerprint[] => {
    if (item.kind !== 'ad') return [];
    const { adSetPath, creativePath, creative } = item.spec;
    const content = creative ?? creatives.get(creativePath ?? '');
    if (content === undefined) throw new Error(`${item.itemPath} has no content`);
    return [{ itemPath: item.itemPath, adSetPath, input: inputOf(content) }];
  });
}

function inputs(hashes: ReadonlyMap<string, string>): (content: CreativeSpec) => string {
  const hashOf = (path: string | null): string | null => (path === null ? null : (hashes.get(path) ?? path));
  const text = once((written) => written.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim());
  const link = once(linkWithoutTracking);
  /** Each text once: the platform shows whichever of several it likes best, so their order says nothing. */
  const texts = (first: string, more: readonly string[]): string[] => {
    if (more.length === 0) return [text(first)];
    return [...new Set([first, ...more].map(text))].filter((one) => one !== '').toSorted();
  };
  return (content) =>
    JSON.stringify([
      hashOf(content.mediaPath),
      hashOf(content.thumbnailPath),
      texts(content.headline, content.moreHeadlines),
      texts(content.primaryText, content.morePrimaryTexts),
      texts(content.description, content.moreDescriptions),
      content.callToAction,
      content.linkUrl === null ? null : link(content.linkUrl),
      content.leadFormId,
      'automatic', // placements, as every plan's are in this release
    ]);
}

/** Remembers what it answered: thousands of ads share a handful of texts. */
function once(work: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const answer = work(text);
    known.set(text, answer);
    return answer;
  };
}
