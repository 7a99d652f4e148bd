import { keyFromName } from './keys.ts';
import { RATIOS, type Ratio } from './launch-plan.ts';
import { ratioOf } from './ratio.ts';

/** What a file name says, before pixels are asked. */
export interface NameClues {
  /** What is left of the name when ratio, role, hook and upload noise are taken out. */
  conceptKey: string;
  conceptName: string;
  /** "hook2" in "video1-hook2"; null when the name has no hook. */
  variantKey: string | null;
  /** The name with placement words kept: equal for all ratios of "founder-story_1x1", "founder-story_9x16". */
  looseKey: string;
  /** A placement word in it contradicts its own ratio ("founder-story_1x1"), so the word belongs to the concept. */
  contradicts: boolean;
  /** Ratios the name allows; empty = it says nothing. "portrait" allows two. */
  ratios: Ratio[];
  role: 'main' | 'thumbnail';
}

/** Words that hint at a ratio, but may as well be part of an idea's name. */
const PLACEMENT_WORDS: ReadonlyMap<string, readonly Ratio[]> = new Map(
  Object.entries({
    square: ['1x1'],
    sq: ['1x1'],
    portrait: ['4x5', '9x16'],
    vertical: ['9x16', '4x5'],
    vt: ['9x16', '4x5'],
    landscape: ['16x9'],
    horizontal: ['16x9'],
    feed: ['1x1', '4x5'],
    story: ['9x16'],
    stories: ['9x16'],
    reel: ['9x16'],
    reels: ['9x16'],
  } satisfies Record<string, Ratio[]>),
);
const THUMBNAIL_WORDS = ['thumbnail', 'thumb'];
const PIXELS = /^(\d{3,4})x(\d{3,4})$/;
const HOOK = /^hook(\d+)$/;
/** Suffixes that upload tools add: a hash or UUID with letters and digits mixed. Pure digits stay, they may be a date. */
const RANDOM = /^(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}$/;
const UUID = /[-_ ]?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** @param keepWords leave placement words in the concept; media-grouping asks for it when a sibling file shows that they belong there */
export function readFileName(fileName: string, keepWords = false): NameClues {
  const base = (fileName.split(/[\\/]/).at(-1) as string).replace(/\.[A-Za-z0-9]{2,5}$/, '');
  const cleaned = base
    .replace(UUID, '')
    .replace(/\s*\(\d+\)$/, '')
    .replaceAll(/(\d)\s*[:×]\s*(\d)/g, '$1x$2')
    .replaceAll(/hook[-_ ]+(\d+)/gi, 'hook$1');
  const words = keyFromName(cleaned).split('-');
  const explicit: Ratio[] = [];
  const loose: string[] = [];
  let variantKey: string | null = null;
  let role: NameClues['role'] = 'main';
  words.forEach((word, i) => {
    const ratio = RATIOS.find((one) => one === word) ?? pixelRatio(word);
    const isNoise = i > 0 && i === words.length - 1 && RANDOM.test(word);
    if (ratio !== null) explicit.push(...(explicit.includes(ratio) ? [] : [ratio]));
    else if (THUMBNAIL_WORDS.includes(word)) role = 'thumbnail';
    else if (HOOK.test(word)) variantKey = word;
    else if (!isNoise) loose.push(word);
  });
  const hints = loose.flatMap((word) => {
    const allowed = PLACEMENT_WORDS.get(word);
    return allowed ? [allowed] : [];
  });
  const contradicts = explicit.length > 0 && hints.some((allowed) => !allowed.some((ratio) => explicit.includes(ratio)));
  const rest = keepWords || contradicts ? loose : loose.filter((word) => !PLACEMENT_WORDS.has(word));
  // A name made of ratio words only ("1x1.png") still has to belong somewhere.
  const kept = rest.length > 0 ? rest : loose.length > 0 ? loose : words;
  const hinted = keepWords ? [] : [...new Set(hints.flat())];
  return {
    conceptKey: kept.join('-'),
    conceptName: kept.join(' '),
    looseKey: loose.join('-'),
    contradicts,
    variantKey,
    ratios: explicit.length > 0 ? explicit : hinted,
    role,
  };
}

function pixelRatio(word: string): Ratio | null {
  const match = PIXELS.exec(word);
  return match === null ? null : ratioOf(Number(match[1]), Number(match[2]));
}
