import { keyFromName } from './keys.ts';
import type { Ratio } from './launch-plan.ts';
import { ratioOf } from './ratio.ts';

/** What a file name says, before pixels are asked. */
export interface NameClues {
  /** What is left of the name when ratio, role, hook and upload noise are taken out. */
  conceptKey: string;
  conceptName: string;
  /** "hook2" in "video1-hook2"; null when the name has no hook. */
  variantKey: string | null;
  /** Ratios the name allows; empty = it says nothing. "portrait" allows two. */
  ratios: Ratio[];
  role: 'main' | 'thumbnail';
}

const RATIO_WORDS: Readonly<Record<string, readonly Ratio[]>> = {
  '1x1': ['1x1'], '4x5': ['4x5'], '9x16': ['9x16'], '16x9': ['16x9'],
  square: ['1x1'], sq: ['1x1'], portrait: ['4x5', '9x16'], vertical: ['9x16', '4x5'], vt: ['9x16', '4x5'], landscape: ['16x9'], horizontal: ['16x9'],
  feed: ['1x1', '4x5'], story: ['9x16'], stories: ['9x16'], reel: ['9x16'], reels: ['9x16'],
};
const THUMBNAIL_WORDS = ['thumbnail', 'thumb'];
const PIXELS = /^(\d{3,4})x(\d{3,4})$/;
const HOOK = /^hook(\d+)$/;
/** Suffixes that upload tools add: a hash or UUID with letters and digits mixed. Pure digits stay, they may be a date. */
const RANDOM = /^(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}$/;
const UUID = /[-_ ]?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function readFileName(fileName: string): NameClues {
  const base = (fileName.split(/[\\/]/).at(-1) as string).replace(/\.[A-Za-z0-9]{2,5}$/, '');
  const cleaned = base.replace(UUID, '').replace(/\s*\(\d+\)$/, '').replaceAll(/(\d)\s*[:×]\s*(\d)/g, '$1x$2').replaceAll(/\bhook[-_ ]+(\d+)\b/gi, 'hook$1');
  const words = keyFromName(cleaned).split('-');
  const ratios: Ratio[] = [];
  const rest: string[] = [];
  let variantKey: string | null = null;
  let role: NameClues['role'] = 'main';
  words.forEach((word, i) => {
    const said = RATIO_WORDS[word] ?? pixelRatio(word);
    const isNoise = i > 0 && i === words.length - 1 && RANDOM.test(word);
    if (said !== undefined) ratios.push(...said.filter((ratio) => !ratios.includes(ratio)));
    else if (THUMBNAIL_WORDS.includes(word)) role = 'thumbnail';
    else if (HOOK.test(word)) variantKey = word;
    else if (!isNoise) rest.push(word);
  });
  // A name made of ratio words only ("1x1.png") still has to belong somewhere.
  const kept = rest.length === 0 ? words : rest;
  return { conceptKey: kept.join('-'), conceptName: kept.join(' '), variantKey, ratios, role };
}

function pixelRatio(word: string): readonly Ratio[] | undefined {
  const match = PIXELS.exec(word);
  if (match === null) return undefined;
  return [ratioOf(Number(match[1]), Number(match[2]))];
}
