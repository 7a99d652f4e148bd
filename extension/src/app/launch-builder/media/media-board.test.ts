import { expect, test } from 'vitest';
import { groupMedia, type MediaOverride } from '#shared/rules/media-grouping.ts';
import type { DraftMedia } from '../draft.ts';
import { decide, mediaBoard } from './media-board.ts';

const file = (fileName: string, height = 1080): DraftMedia => ({
  fileName,
  kind: 'image',
  width: 1080,
  height,
  durationMs: null,
  sha256: fileName.padEnd(64, '0').slice(0, 64),
  bytes: 1,
  file: null,
});
const FILES = [file('story_1x1.png'), file('story_9x16.png', 1920), file('question_1x1.png'), file('question_9x16.png', 1920)];
const board = (files: DraftMedia[], overrides: Record<string, MediaOverride> = {}) =>
  mediaBoard(files, { media: groupMedia(files, overrides).media, concepts: [{ key: 'story', name: 'Story' }] }, overrides);
const shown = (files: DraftMedia[], overrides?: Record<string, MediaOverride>) =>
  board(files, overrides).groups.map(({ conceptKey, files: inIt }) => [
    conceptKey,
    ...inIt.map(({ placed }) => `${placed?.variantKey} ${placed?.ratio} ${placed?.fileName}`),
  ]);
const apply = (overrides: Record<string, MediaOverride>, decided: Record<string, MediaOverride | null>) =>
  Object.fromEntries(Object.entries({ ...overrides, ...decided }).filter((one): one is [string, MediaOverride] => one[1] !== null));

test('groups by concept, those of the sheet first', () => {
  expect(board(FILES).groups.map(({ name, inSheet }) => [name, inSheet])).toEqual([
    ['Story', true],
    ['question', false],
  ]);
});

test('a group moved to another is merged with it, each file in a variant of its own; split, it stands alone again', () => {
  const merged = apply({}, decide({ type: 'move', concept: 'Story', variant: 'Question' }, ['question_1x1.png', 'question_9x16.png'], {}));
  expect(shown(FILES, merged)).toEqual([
    [
      'story',
      'default 1x1 story_1x1.png',
      'default 9x16 story_9x16.png',
      'question 1x1 question_1x1.png',
      'question 9x16 question_9x16.png',
    ],
  ]);
  const split = apply(merged, decide({ type: 'move', concept: 'Another idea' }, ['story_9x16.png'], merged));
  expect(shown(FILES, split).map(([key]) => key)).toEqual(['story', 'another-idea']);
});

test('decisions about one file add up, ignoring ends with the next, and all of them can be taken back', () => {
  let overrides = apply({}, decide({ type: 'ratio', ratio: '4x5' }, ['story_1x1.png'], {}));
  overrides = apply(overrides, decide({ type: 'ignore' }, ['story_1x1.png'], overrides));
  expect(board(FILES, overrides).ignored.map((one) => one.file.fileName)).toEqual(['story_1x1.png']);
  overrides = apply(overrides, decide({ type: 'variant', variant: 'Hook 2' }, ['story_1x1.png'], overrides));
  expect(overrides['story_1x1.png']).toEqual({ ratio: '4x5', variantKey: 'hook-2' });
  expect(apply(overrides, decide({ type: 'by-name' }, ['story_1x1.png'], overrides))).toEqual({});
});

test('what a hand placed keeps its place when more files arrive, even files that come before it by name', () => {
  const overrides: Record<string, MediaOverride> = { 'zebra.png': { conceptKey: 'story', variantKey: 'default', ratio: '1x1' } };
  const before = groupMedia([file('zebra.png')], overrides).media;
  const after = groupMedia([...FILES, file('zebra.png'), file('a-tale.png')], overrides);
  expect(after.media.find((one) => one.fileName === 'zebra.png')).toEqual(before[0]);
  expect(after.media.find((one) => one.fileName === 'story_1x1.png')?.variantKey).toBe('v2');
  expect(after.findings.map((one) => `${one.code} ${one.fileName}`)).toEqual(['SECOND_FILE_FOR_RATIO story_1x1.png']);
});

test('an ignored file makes nothing and is no mistake', () => {
  const grouped = groupMedia([file('story_1x1.png'), { ...file('broken.png'), width: 0 }], { 'broken.png': { ignored: true } });
  expect(grouped.media.map((one) => one.fileName)).toEqual(['story_1x1.png']);
  expect(grouped.findings).toEqual([]);
});
