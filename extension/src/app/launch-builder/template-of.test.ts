import { expect, test } from 'vitest';
import { emptyDraft, type Draft } from './draft.ts';
import { draftOfTemplate, missingOf, templateOf } from './template-of.ts';

const base = emptyDraft('acc_1', 'key');
const draft: Draft = {
  ...base,
  name: 'Spring',
  sheet: {
    fileName: 'spring.csv',
    rows: [
      ['campaign', 'Media', 'ad_set', 'thumb'],
      ['Spring', 'a.png', 'Women', 'b.png'],
    ],
  },
  settings: {
    ...base.settings,
    goal: 'leads',
    countries: 'FR, BE',
    link: 'https://example.com',
    startTime: '2026-12-01T09:00',
    pageId: '7',
    duplicatesReason: 'x',
  },
};

test('a template holds neither media nor dates, nor what it asks for', () => {
  const content = templateOf(draft, ['link']);
  expect(content.rows).toEqual([
    ['campaign', 'ad_set'],
    ['Spring', 'Women'],
  ]);
  expect(content.required).toEqual(['link']);
  expect(content.settings).toMatchObject({ goal: 'leads', countries: 'FR, BE' });
  for (const left of ['startTime', 'pageId', 'duplicatesReason', 'link']) expect(content.settings).not.toHaveProperty(left);
});

test('a draft begun with it has its settings and rows, keeps its own files and page, and says what is missing', () => {
  const template = { id: 'tpl_1', version: 2, name: 'Leads', content: templateOf(draft, ['link', 'countries']) };
  const file = {
    fileName: 'a.png',
    kind: 'image' as const,
    width: 600,
    height: 600,
    durationMs: null,
    sha256: 'a'.repeat(64),
    bytes: 1,
    file: null,
  };
  const begun = draftOfTemplate({ ...base, media: [file], settings: { ...base.settings, pageId: '9' } }, template, 'next');
  expect(begun).toMatchObject({ createKey: 'next', launchId: null, step: 'files', media: [file], sheet: { fileName: 'Leads' } });
  expect(begun.settings).toMatchObject({ goal: 'leads', link: '', countries: '', pageId: '9', startTime: '' });
  expect(missingOf(begun)).toEqual(['countries', 'link']);
  expect(missingOf({ ...begun, settings: { ...begun.settings, link: 'https://x', countries: 'FR' } })).toEqual([]);
  expect(missingOf(base)).toEqual([]);
});

test('what a template of another time says and this builder does not understand is left to the builder', () => {
  const content = {
    settings: { goal: 'leads', countries: [{ key: 'a', value: 'b' }], unheard: 'x', __proto__: 'y' },
    rows: [],
    required: ['nothing'],
  };
  const begun = draftOfTemplate(base, { id: 'tpl_1', version: 1, name: 'Old', content }, 'next');
  expect(begun.settings).toEqual({ ...base.settings, goal: 'leads' });
  expect(begun.template?.required).toEqual([]);
});
