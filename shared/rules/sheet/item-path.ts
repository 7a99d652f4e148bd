import { DEFAULT_KEY, RATIOS, type Ratio } from '../launch-plan.ts';
import { isKey } from '../keys.ts';

/** An ad's item path taken apart: campaign/ad set/concept[/variant]/ratio[/copy], or campaign/ad set/concept[/copy] for ads of words only. */
export interface AdPath {
  campaignKey: string;
  adSetKey: string;
  conceptKey: string;
  variantKey: string;
  /** Null for ads of words only. */
  ratio: Ratio | null;
  copySetKey: string;
}

/** Null when the text is not the path of an ad. */
export function readAdPath(text: string, wordsOnly = false): AdPath | null {
  const [campaignKey = '', adSetKey = '', conceptKey = '', ...rest] = text.split('/');
  const sound = [campaignKey, ...adSetKey.split('~'), conceptKey, ...rest].every(isKey);
  if (wordsOnly)
    return sound && rest.length <= 1
      ? { campaignKey, adSetKey, conceptKey, variantKey: DEFAULT_KEY, ratio: null, copySetKey: rest[0] ?? DEFAULT_KEY }
      : null;
  const at = rest.findIndex((part) => (RATIOS as readonly string[]).includes(part));
  if (!sound || at === -1 || at > 1 || rest.length > at + 2) return null;
  return {
    campaignKey,
    adSetKey,
    conceptKey,
    variantKey: at === 1 ? (rest[0] as string) : DEFAULT_KEY,
    ratio: rest[at] as Ratio,
    copySetKey: rest[at + 1] ?? DEFAULT_KEY,
  };
}
