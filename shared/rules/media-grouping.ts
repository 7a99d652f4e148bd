import { compareKeys, keyFromName } from './keys.ts';
import { DEFAULT_KEY, type PlanMedia, type Ratio } from './launch-plan.ts';
import { type NameClues, readFileName } from './media-file-name.ts';
import { ratioOf } from './ratio.ts';

/** Files of a folder to concepts, variants and ratios: the name gives the concept, the pixels give the ratio. Source: launching guide §7. */
export interface MediaFile {
  /** Path inside the chosen folder. */
  fileName: string;
  sha256: string | null;
  kind: 'image' | 'video';
  /** Pixels; 0 when they could not be read. */
  width: number;
  height: number;
  durationMs: number | null;
}

/** What a person set by hand for one file; wins over everything below it. */
export interface MediaOverride {
  conceptKey?: string;
  variantKey?: string;
  ratio?: Ratio;
  role?: 'main' | 'thumbnail';
  /** Not for this launch: the file stays in the folder and makes nothing. */
  ignored?: true;
}

export interface MediaFinding {
  code:
    | 'UNREADABLE'
    | 'RATIO_CONFLICT'
    | 'SECOND_FILE_FOR_RATIO'
    | 'SAME_FILE_TWICE'
    | 'THUMBNAIL_WITHOUT_VIDEO'
    | 'DUPLICATE_NAME'
    | 'THUMBNAIL_IS_VIDEO';
  severity: 'error' | 'warning';
  fileName: string;
  message: string;
  fix: string;
  params: Record<string, string | number>;
}

export interface GroupedMedia {
  /** By media key; files with an error are left out. */
  media: PlanMedia[];
  /** Concepts found, by key; the name is the words of the file name. */
  concepts: { key: string; name: string }[];
  findings: MediaFinding[];
}

/** Groups files; the result does not depend on their order. */
export function groupMedia(files: readonly MediaFile[], overrides: Readonly<Record<string, MediaOverride>> = {}): GroupedMedia {
  const named = files
    .filter((file) => overrides[file.fileName]?.ignored !== true)
    .toSorted(byName)
    .map((file) => ({ file, clues: readFileName(file.fileName) }));
  // "founder-story_1x1" shows that "story" is part of the idea, so it is in "founder-story_9x16" too.
  const wordsKept = new Set(named.flatMap(({ clues }) => (clues.contradicts ? [clues.looseKey] : [])));
  const shelf: Shelf = { slots: new Map(), keys: new Set(), concepts: new Map(), findings: [] };
  // What a hand has placed keeps its place; names and pixels fill what is left.
  const isByHand = ({ file }: { file: MediaFile }) => (overrides[file.fileName] === undefined ? 1 : 0);
  for (const { file, clues } of named.toSorted((a, b) => isByHand(a) - isByHand(b)))
    addFile(shelf, file, wordsKept.has(clues.looseKey) ? readFileName(file.fileName, true) : clues, overrides[file.fileName] ?? {});

  const media = [...shelf.slots.values()];
  const used = new Set(media.filter((entry) => entry.role === 'main').map((entry) => entry.conceptKey));
  return {
    media: media.toSorted((a, b) => compareKeys(a.mediaKey, b.mediaKey)),
    concepts: [...shelf.concepts]
      .filter(([key]) => used.has(key))
      .map(([key, name]) => ({ key, name }))
      .toSorted((a, b) => compareKeys(a.key, b.key)),
    findings: [...shelf.findings, ...strayThumbnails(media)],
  };
}

/** What was placed so far. A slot is one role, concept, variant and ratio, and holds one file. */
interface Shelf {
  slots: Map<string, PlanMedia>;
  keys: Set<string>;
  /** Key → name, of the first file that showed it. */
  concepts: Map<string, string>;
  findings: MediaFinding[];
}

const slotOf = ({ role, conceptKey, ratio }: PlanMedia, variantKey: string): string => `${role}/${conceptKey}/${variantKey}/${ratio}`;

/** Puts a file into its slot, the next free variant of it, or nowhere; says what is wrong with it. */
function addFile({ slots, keys, concepts, findings }: Shelf, file: MediaFile, clues: NameClues, override: MediaOverride): void {
  const say = (
    code: MediaFinding['code'],
    severity: MediaFinding['severity'],
    message: string,
    fix: string,
    params: MediaFinding['params'] = {},
  ) => void findings.push({ code, severity, fileName: file.fileName, message, fix, params });

  if (!(file.width > 0 && file.height > 0))
    return say('UNREADABLE', 'error', `The size of "${file.fileName}" could not be read.`, 'Export the file again as PNG, JPEG or MP4.');
  const entry = placeFile(file, clues, override);
  if (keys.has(entry.mediaKey)) return say('DUPLICATE_NAME', 'error', `Two files are called "${file.fileName}".`, 'Rename one of them.');
  if (override.ratio === undefined && clues.ratios.length > 0 && !clues.ratios.includes(entry.ratio)) {
    const params = { said: clues.ratios.join(' or '), found: entry.ratio, width: file.width, height: file.height };
    say(
      'RATIO_CONFLICT',
      'warning',
      `The name says ${params.said}, the pixels (${file.width}×${file.height}) say ${entry.ratio}. The pixels count.`,
      'Rename the file or set its ratio by hand.',
      params,
    );
  }
  if (entry.role === 'thumbnail' && file.kind === 'video')
    return say(
      'THUMBNAIL_IS_VIDEO',
      'error',
      `"${file.fileName}" is named as a thumbnail but is a video.`,
      'Use a still picture, or rename the file.',
    );

  const twin = slots.get(slotOf(entry, entry.variantKey));
  if (twin !== undefined && twin.sha256 !== null && twin.sha256 === file.sha256)
    return say(
      'SAME_FILE_TWICE',
      'warning',
      `"${file.fileName}" has the same content as "${twin.fileName}" and is not used twice.`,
      'Remove one of them.',
      { other: twin.fileName },
    );
  const variantKey = freeVariant(entry.variantKey, (key) => slots.has(slotOf(entry, key)));
  if (twin !== undefined)
    say(
      'SECOND_FILE_FOR_RATIO',
      'warning',
      `"${twin.fileName}" already is the ${entry.ratio} of this concept, so "${file.fileName}" became variant ${variantKey}.`,
      'Keep both as two ads, or remove one.',
      { ratio: entry.ratio, other: twin.fileName, variant: variantKey },
    );
  keys.add(entry.mediaKey);
  slots.set(slotOf(entry, variantKey), { ...entry, variantKey });
  if (!concepts.has(entry.conceptKey)) concepts.set(entry.conceptKey, override.conceptKey ?? clues.conceptName);
}

function strayThumbnails(media: readonly PlanMedia[]): MediaFinding[] {
  const withVideo = new Set(media.flatMap((entry) => (entry.role === 'main' && entry.kind === 'video' ? [entry.conceptKey] : [])));
  return media
    .filter((entry) => entry.role === 'thumbnail' && !withVideo.has(entry.conceptKey))
    .map((thumbnail) => ({
      code: 'THUMBNAIL_WITHOUT_VIDEO',
      severity: 'warning',
      fileName: thumbnail.fileName,
      message: `"${thumbnail.fileName}" is a thumbnail, but concept ${thumbnail.conceptKey} has no video.`,
      fix: 'Add the video, or rename the picture to use it as an ad.',
      params: { concept: thumbnail.conceptKey },
    }));
}

/** Without extension first, so that "ad.png" comes before "ad (1).png" and keeps the default variant. */
function byName(a: MediaFile, b: MediaFile): number {
  const bare = (fileName: string) => keyFromName(fileName.replace(/\.[A-Za-z0-9]+$/, ''));
  return compareKeys(bare(a.fileName), bare(b.fileName)) || compareKeys(a.fileName, b.fileName);
}

function placeFile(file: MediaFile, clues: NameClues, override: MediaOverride): PlanMedia {
  return {
    mediaKey: keyFromName(file.fileName),
    fileName: file.fileName,
    sha256: file.sha256,
    kind: file.kind,
    width: file.width,
    height: file.height,
    durationMs: file.durationMs,
    conceptKey: override.conceptKey ?? clues.conceptKey,
    variantKey: override.variantKey ?? clues.variantKey ?? DEFAULT_KEY,
    ratio: override.ratio ?? ratioOf(file.width, file.height),
    role: override.role ?? clues.role,
  };
}

/** The wanted variant, or the next free "v2", "v3" … ("hook1-v2" beside "hook1"). */
function freeVariant(wanted: string, taken: (key: string) => boolean): string {
  let key = wanted;
  for (let n = 2; taken(key); n += 1) key = wanted === DEFAULT_KEY ? `v${n}` : `${wanted}-v${n}`;
  return key;
}
