import { expect, test } from 'vitest';
import { linkWithoutTracking } from './tracking.ts';

test('tracking goes, what the page reads stays, in order', () => {
  const said: [string, string][] = [
    ['https://Shop.Example:443/a/?utm_source=meta&b=2&a=1&fbclid=x', 'https://shop.example/a?a=1&b=2'],
    ['https://shop.example', 'https://shop.example'],
    ['https://shop.example/#/route?x=1', 'https://shop.example#/route?x=1'],
    ['https://shop.example/?ref=creator', 'https://shop.example?ref=creator'],
    ['https://shop.example/A', 'https://shop.example/A'],
    [' not a link ', 'not a link'],
  ];
  for (const [link, wanted] of said) expect(linkWithoutTracking(link), link).toBe(wanted);
});
