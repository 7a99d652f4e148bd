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
  const findings: MediaFinding[] = [];
  const concepts = new Map<string, string>();
  const slots = new Map<string, PlanMedia>();
  const media: PlanMedia[] = [];
  const keys = new Set<string>();
  // "founder-story_1x1" shows that "story" is part of the idea, so it is in "founder-story_9x16" too.
  const wordsKept = new Set(
    files
      .map((file) => readFileName(file.fileName))
      .filter((clues) => clues.contradicts)
      .map((clues) => clues.looseKey),
  );

  for (const file of files.toSorted(byName)) {
    const say = (
      code: MediaFinding['code'],
      severity: MediaFinding['severity'],
      message: string,
      fix: string,
      params: MediaFinding['params'] = {},
    ) => findings.push({ code, severity, fileName: file.fileName, message, fix, params });
    if (!(file.width > 0 && file.height > 0)) {
      say('UNREADABLE', 'error', `The size of "${file.fileName}" could not be read.`, 'Export the file again as PNG, JPEG or MP4.');
      continue;
    }
    const clues = readFileName(file.fileName, wordsKept.has(readFileName(file.fileName).looseKey));
    const override = overrides[file.fileName] ?? {};
    const entry = placeFile(file, clues, override);
    if (keys.has(entry.mediaKey)) {
      say('DUPLICATE_NAME', 'error', `Two files are called "${file.fileName}".`, 'Rename one of them.');
      continue;
    }
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
    if (entry.role === 'thumbnail' && file.kind === 'video') {
      say(
        'THUMBNAIL_IS_VIDEO',
        'error',
        `"${file.fileName}" is named as a thumbnail but is a video.`,
        'Use a still picture, or rename the file.',
      );
      continue;
    }
    const taken = (variantKey: string) => slots.get(`${entry.role}/${entry.conceptKey}/${variantKey}/${entry.ratio}`);
    const twin = taken(entry.variantKey);
    if (twin !== undefined && twin.sha256 !== null && twin.sha256 === file.sha256) {
      say(
        'SAME_FILE_TWICE',
        'warning',
        `"${file.fileName}" has the same content as "${twin.fileName}" and is not used twice.`,
        'Remove one of them.',
        { other: twin.fileName },
      );
      continue;
    }
    const variantKey = freeVariant(entry.variantKey, (key) => taken(key) !== undefined);
    if (twin !== undefined) {
      const params = { ratio: entry.ratio, other: twin.fileName, variant: variantKey };
      say(
        'SECOND_FILE_FOR_RATIO',
        'warning',
        `"${twin.fileName}" already is the ${entry.ratio} of this concept, so "${file.fileName}" became variant ${variantKey}.`,
        'Keep both as two ads, or remove one.',
        params,
      );
    }
    const placed = { ...entry, variantKey };
    keys.add(placed.mediaKey);
    slots.set(`${placed.role}/${placed.conceptKey}/${placed.variantKey}/${placed.ratio}`, placed);
    media.push(placed);
    if (!concepts.has(placed.conceptKey)) concepts.set(placed.conceptKey, override.conceptKey ?? clues.conceptName);
  }

  for (const thumbnail of media.filter((entry) => entry.role === 'thumbnail')) {
    if (media.some((entry) => entry.role === 'main' && entry.kind === 'video' && entry.conceptKey === thumbnail.conceptKey)) continue;
    findings.push({
      code: 'THUMBNAIL_WITHOUT_VIDEO',
      severity: 'warning',
      fileName: thumbnail.fileName,
      params: { concept: thumbnail.conceptKey },
      message: `"${thumbnail.fileName}" is a thumbnail, but concept ${thumbnail.conceptKey} has no video.`,
      fix: 'Add the video, or rename the picture to use it as an ad.',
    });
  }
  const used = new Set(media.filter((entry) => entry.role === 'main').map((entry) => entry.conceptKey));
  return {
    media: media.toSorted((a, b) => compareKeys(a.mediaKey, b.mediaKey)),
    concepts: [...concepts]
      .filter(([key]) => used.has(key))
      .map(([key, name]) => ({ key, name }))
      .toSorted((a, b) => compareKeys(a.key, b.key)),
    findings,
  };
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
