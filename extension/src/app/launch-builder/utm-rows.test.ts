import { expect, test } from 'vitest';
import { AD_PLATFORMS } from '#shared/rules/ad-platforms/index.ts';
import { faultsOfRows, standardUtm, utmOfRows } from './utm-rows.ts';

const codes = (...rows: [string, string][]) =>
  faultsOfRows(
    rows.map(([key, value]) => ({ key, value })),
    'meta',
  ).map((one) => one?.code ?? null);

test('the standard rows are without fault on their platform and make the standard parameters', () => {
  for (const platform of AD_PLATFORMS) expect(faultsOfRows(standardUtm(platform), platform).filter((one) => one !== null)).toEqual([]);
  expect(utmOfRows(standardUtm('meta'))).toMatchObject({ utm_source: 'meta', utm_content: '{{ad.id}}' });
});

test('each row is told its own fault', () => {
  expect(codes(['utm_source', 'meta'], ['utm source', 'x'], ['', 'x'], ['a', '{colour}'], ['b', '{{ad.colour}}'], ['', ' '])).toEqual([
    null,
    'BAD_KEY',
    'BAD_KEY',
    'UNKNOWN_TOKEN',
    'UNKNOWN_MACRO',
    null,
  ]);
});

test('a parameter that is there twice is refused, however it is written', () => {
  expect(codes(['utm_source', 'a'], ['utm_source ', 'b'], ['UTM_Source', 'c'])).toEqual([null, 'DUPLICATE_KEY', 'DUPLICATE_KEY']);
});

test('blank rows leave nothing behind', () => {
  expect(
    utmOfRows([
      { key: '', value: '' },
      { key: ' a ', value: ' 1 ' },
    ]),
  ).toEqual({ a: '1' });
});
