import { expect, test } from 'vitest';
import { appMessages as arabic } from './app.ar.ts';
import { appMessages as english } from './app.en.ts';
import { appMessages as french } from './app.fr.ts';
import { placeholdersOf, type Catalogue, type Plural } from './translate.ts';

const others: [string, Catalogue, readonly string[]][] = [
  ['fr', french, ['one', 'other']],
  ['ar', arabic, ['zero', 'one', 'two', 'few', 'many', 'other']],
];

for (const [locale, catalogue, forms] of others) {
  test(`${locale} says everything that en says, and nothing else`, () => {
    expect(Object.keys(catalogue).toSorted()).toEqual(Object.keys(english).toSorted());
  });
  test(`${locale} has the same placeholders in every message`, () => {
    const differing = Object.entries(english).filter(
      ([key, message]) => placeholdersOf(message).join() !== placeholdersOf(catalogue[key] as string | Plural).join(),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });
  test(`${locale} has every plural form of its language wherever en has a plural`, () => {
    const lacking = Object.entries(english).filter(
      ([key, message]) =>
        typeof message !== 'string' && forms.some((form) => (catalogue[key] as Record<string, string>)[form] === undefined),
    );
    expect(lacking.map(([key]) => key)).toEqual([]);
  });
  test(`${locale} is translated`, () => {
    const SAME =
      /^(app\.name|provider\.(meta|tiktok|shopify|hubspot|google-ads)|figure\.roas|figure\.impressions|signIn\.email|affiliates\.coupon|affiliates\.commission|affiliates\.rate|orders\.net|lead\.ordersNet|count.*|leads\.test|table\.actions|embeds\.kind|builder\.(files|reading)|signUp\.organization|affiliates\.link|media\.concept|media\.size|receipts\.check|problems\.summary|counts\.adNote|connection\.active|embeds\.active|level\..*|goal\..*|kind\..*|join\.title|sessions\.inExtension)$/;
    expect(
      Object.entries(english)
        .filter(([key, message]) => JSON.stringify(message) === JSON.stringify(catalogue[key]) && !SAME.test(key))
        .map(([key]) => key),
    ).toEqual([]);
  });
}

test('no message shouts', () => {
  for (const catalogue of [english, french, arabic])
    expect(Object.values(catalogue).filter((message) => JSON.stringify(message).includes('!'))).toEqual([]);
});
