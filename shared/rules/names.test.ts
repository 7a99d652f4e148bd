import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameWithToken, tokenInName } from './client-token.ts';
import { countCharacters } from './count-characters.ts';
import { META } from './ad-platforms/meta.ts';
import type { NameLimits } from './ad-platforms/platform-rules.ts';
import { fillName, isoWeek, nameCollisions, type NameValues, parseTemplate } from './names.ts';
import { addToLink, checkUtm, duplicateKeys, fillUtm, linkFault, parseUtm } from './utm.ts';

const values: NameValues = {
  campaign: 'Spring',
  adset: 'Broad',
  concept: 'Founder story',
  variant: '',
  hook: '',
  ratio: '9x16',
  lang: 'fr',
  geo: 'FR+BE',
  creator: '',
  placement: '',
  account: 'Demo',
  filename: 'founder_9x16',
  date: '2026-11-20',
  counter: 7,
  custom: { season: 'SS26' },
};
const limits = META.names.ad;
const name = (template: string, change: Partial<NameValues> = {}, bounds: NameLimits = limits) =>
  fillName(parseTemplate(template), { ...values, ...change }, bounds);

test('tokens are filled', () => {
  expect(name('{campaign} | {concept} | {ratio} | {date:YYYY-MM-DD} | {isoweek} | {counter:3} | {custom:season}').name).toBe(
    'Spring | Founder story | 9x16 | 2026-11-20 | 2026-W47 | 007 | SS26',
  );
  expect(name('{date:YYMMDD}_{filename}').name).toBe('261120_founder_9x16');
});

test('an empty token goes with its separator, at the start, in the middle and at the end', () => {
  expect(name('{hook} | {campaign} | {ratio}').name).toBe('Spring | 9x16');
  expect(name('{campaign} | {hook} | {ratio}').name).toBe('Spring | 9x16');
  expect(name('{campaign} | {ratio} | {hook}').name).toBe('Spring | 9x16');
  expect(name('{hook} - {creator} - {campaign}_{variant}_{placement}').name).toBe('Spring');
  expect(name('{hook}{campaign} | {ratio}').name).toBe('Spring | 9x16');
  expect(name('{campaign} | {custom:nothing} | {ratio}').name).toBe('Spring | 9x16');
});

test('unknown tokens and arguments are reported as written, never guessed', () => {
  expect(parseTemplate('{campain} {counter:x} {date:YYYY-Q} {custom} {ratio:1} {open').unknown).toEqual([
    '{campain}',
    '{counter:x}',
    '{date:YYYY-Q}',
    '{custom}',
    '{ratio:1}',
    ' {open',
  ]);
  expect(() => name('{campain}')).toThrow(RangeError);
});

test('forbidden characters are replaced, white space tidied', () => {
  expect(name('{campaign} {concept}', { campaign: 'A<b>\u0007', concept: '  x \n y ' }).name).toBe('A-b-- x - y');
});

test('too long: the longest free text gives way, with a note; fixed words never do', () => {
  const tight = { ...limits, maxLength: 60 };
  const long = name('{campaign} | {concept} | {ratio}', { concept: 'word '.repeat(30) }, tight);
  expect(long).toMatchObject({ shortened: ['{concept}'], fits: true });
  expect(long.name.startsWith('Spring | word') && long.name.endsWith('| 9x16')).toBe(true);
  expect(name('a fixed text that alone is much longer than the room there is for it | {ratio}', {}, tight).fits).toBe(false);
  expect(name('{hook}').fits).toBe(false);
});

test('with its client token a name never passes the limit, and the token is whole', () => {
  const token = '0123456789ABC';
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 120 }),
      fc.string({ unit: 'grapheme', maxLength: 120 }),
      fc.integer({ min: 40, max: 120 }),
      (concept, campaign, maxLength) => {
        const filled = name('{campaign} | {concept} | {ratio}', { concept, campaign }, { ...limits, maxLength });
        expect(filled.fits).toBe(true);
        const full = nameWithToken(filled.name, token);
        expect(countCharacters(full)).toBeLessThanOrEqual(maxLength);
        expect(tokenInName(full)).toBe(token);
      },
    ),
    { numRuns: 400 },
  );
});

test('collisions inside the launch and with the account', () => {
  expect(nameCollisions(['a', 'b', 'a', 'c'], new Set(['c']))).toEqual(['a', 'c']);
});

test('ISO weeks at the turn of the year', () => {
  expect(['2027-01-01', '2026-12-28', '2025-12-29', '2024-12-29'].map(isoWeek)).toEqual(['2026-W53', '2026-W53', '2026-W01', '2024-W52']);
});

test('link parameters: values encoded, macros not, source and medium lower case, empty ones left out', () => {
  const utm = { utm_source: 'Meta Ads', utm_content: '{concept}_{{ad.id}}', hook: '{hook}', p: '{{placement}}-{ratio}' };
  expect(fillUtm(parseUtm(utm, 'meta'), values)).toBe('p={{placement}}-9x16&utm_content=Founder%20story_{{ad.id}}&utm_source=meta%20ads');
});

test('UTM templates are checked against the platform that will fill them', () => {
  expect(checkUtm({ a: '{{ad.id}}', b: '{concept}' }, 'meta')).toEqual([]);
  expect(
    checkUtm({ a: '{{ad.id}}', b: '{{adSet.id}} {nope}', 'c d': 'x', A: 'y' }, 'meta').map((finding) => [finding.code, finding.value]),
  ).toEqual([
    ['UNKNOWN_MACRO', '{{adSet.id}}'],
    ['UNKNOWN_TOKEN', '{nope}'],
    ['BAD_KEY', 'c d'],
    ['DUPLICATE_KEY', 'A'],
  ]);
  expect(checkUtm({ a: 'x' }, 'meta').map((finding) => finding.code)).toEqual(['NO_IDS']);
});

test('a link keeps its query and fragment; a key given twice is refused', () => {
  expect(addToLink('https://shop.example/a?b=1#top', 'utm_id={{ad.id}}')).toBe('https://shop.example/a?b=1&utm_id={{ad.id}}#top');
  expect(addToLink('https://shop.example/a', '')).toBe('https://shop.example/a');
  expect(duplicateKeys('https://shop.example/?UTM_ID=1&x=2', 'utm_id=3&y=4')).toEqual(['utm_id']);
  expect(() => addToLink('https://shop.example/?utm_id=1', 'utm_id=2')).toThrow(RangeError);
});

test('landing pages: full public https addresses only', () => {
  expect(linkFault('https://shop.example/path?x=1#y')).toBeNull();
  expect(linkFault('https://xn--bcher-kva.example')).toBeNull();
  expect(
    [
      'shop.example',
      'http://shop.example',
      'javascript:alert(1)',
      'https://a:b@shop.example',
      'https://localhost',
      'https://127.0.0.1',
      'https://shop.example/a b',
      'https://',
    ].map(linkFault),
  ).toEqual(['BAD_URL', 'NOT_HTTPS', 'BAD_URL', 'CREDENTIALS_IN_URL', 'BAD_HOST', 'BAD_HOST', 'BAD_URL', 'BAD_URL']);
});
