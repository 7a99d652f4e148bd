import { expect, test } from 'vitest';
import type { AdAccount } from '#shared/contracts/connections.ts';
import { emptyDraft, type Draft, type DraftSettings } from './draft.ts';
import { previewNames } from './name-preview.ts';

const account = {
  id: 'acc_1',
  platform: 'meta',
  externalId: '1000000001',
  name: 'Demo',
  currency: 'EUR',
  timezone: 'Europe/Paris',
} as AdAccount;
const draft = (settings: Partial<DraftSettings> = {}): Draft => {
  const empty = emptyDraft('acc_1', 'key');
  return { ...empty, settings: { ...empty.settings, ...settings } };
};
const filled = (settings: Partial<DraftSettings> = {}, link = 'https://shop.example.com/tote?size=m'): Draft => ({
  ...draft(settings),
  sheet: {
    fileName: 'autumn.csv',
    rows: [
      ['campaign', 'ad_set', 'country', 'concept', 'headline', 'primary_text', 'link'],
      ['Autumn', 'Lookalike', 'FR', 'Story', 'Hello', 'A text', link],
    ],
  },
  media: [
    {
      fileName: 'story_9x16.png',
      kind: 'image',
      width: 1080,
      height: 1920,
      durationMs: null,
      sha256: '1'.repeat(64),
      bytes: 9,
      file: null,
    },
  ],
});

test('before anything was dropped the templates are shown on an example', () => {
  expect(previewNames(draft(), account)).toMatchObject({ isExample: true, campaign: 'Spring', adSet: 'Broad', ad: 'Concept 01 | 1x1' });
});

test('then on the first objects that the sheet and the media make', () => {
  const naming = { campaign: 'EU · {campaign}', adSet: '{adset} {geo}', creative: '{concept}', ad: '{counter:3} {concept} {ratio}' };
  const utm = [
    { key: 'utm_source', value: 'Meta' },
    { key: 'utm_content', value: '{concept}-{{ad.id}}' },
  ];
  expect(previewNames(filled({ naming, utm }), account)).toEqual({
    isExample: false,
    campaign: 'EU · Autumn',
    adSet: 'Lookalike FR',
    creative: 'Story',
    ad: '001 Story 9x16',
    link: 'https://shop.example.com/tote?size=m&utm_content=Story-{{ad.id}}&utm_source=meta',
  });
});

test('a landing page that already carries a parameter has no link to show', () => {
  expect(previewNames(filled({}, 'https://shop.example.com/?utm_source=mail'), account).link).toBeNull();
});

test('a token that does not exist is left out of what is shown', () => {
  const naming = { ...draft().settings.naming, ad: '{concept} {colour}' };
  expect(previewNames(filled({ naming }), account).ad).toBe('Story');
});

test('a new launch starts from the names of the organization, and from ours where it has none', () => {
  const policy = { campaign: '{campaign} {isoweek}', adSet: '{adset}', ad: '{concept}' };
  expect(emptyDraft('acc_1', 'key', policy).settings.naming).toEqual({
    ...policy,
    creative: emptyDraft('acc_1', 'key').settings.naming.creative,
  });
  expect(emptyDraft('acc_1', 'key', null)).toEqual(emptyDraft('acc_1', 'key'));
});
