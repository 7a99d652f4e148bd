import { expect, test } from 'vitest';
import { hostName, mayLeadTo } from './destination.ts';

const ALLOWED = ['shop.example.com', 'inlay-demo.myshopify.com'];

test('only https on a listed host, letter by letter', () => {
  for (const good of [
    'https://shop.example.com',
    'https://shop.example.com/a?b=c#d',
    'https://SHOP.example.com/x',
    'https://shop.example.com:443/',
  ])
    expect(mayLeadTo(good, ALLOWED), good).toBe(true);
});

/** Ways to write an address that looks like the shop's and is not. */
const HOSTS = [
  'evil.example',
  'shop.example.com.evil.example',
  'evilshop.example.com',
  'sub.shop.example.com',
  'shop.example.com.',
  'xn--shop-9na.example.com',
  'shop.example.co',
  'shop-example.com',
  '127.0.0.1',
  '[::1]',
  'evil.example%2f.shop.example.com',
];
const SHAPES = [
  (h: string) => `https://${h}`,
  (h: string) => `https://${h}/https://shop.example.com`,
  (h: string) => `https://${h}/?to=shop.example.com`,
  (h: string) => `https://${h}#shop.example.com`,
  (h: string) => `https://shop.example.com@${h}/`,
  (h: string) => `https://shop.example.com:pw@${h}`,
  (h: string) => `https:\\\\${h}\\shop.example.com`,
  (h: string) => `//${h}`,
  (h: string) => `https://shop.example.com\\@${h}`,
  (h: string) => `https:///${h}`,
  (h: string) => `  https://${h}`,
  (h: string) => `https://${h}\\.shop.example.com`,
  (h: string) => `http://${h}`,
  (h: string) => `https://shop.example.com%00@${h}`,
  (h: string) => `https://shop.example.com%2f@${h}`,
  (h: string) => `https://${h}\t`,
  (h: string) => `ftp://${h}`,
  (h: string) => `https://shop.example.com#@${h}`,
  (h: string) => `https://${h}?.shop.example.com`,
  (h: string) => `javascript:location='//${h}'`,
  (h: string) => `data:text/html,${h}`,
  (h: string) => `https://${h}:443`,
  (h: string) => `https://${h}:8443`,
];

test('of more than 500 crafted targets none leads anywhere but to a listed host', () => {
  const targets = [
    ...HOSTS.flatMap((host) => SHAPES.map((shape) => shape(host))),
    ...HOSTS.flatMap((host) => SHAPES.map((shape) => shape(host).toUpperCase())),
  ];
  const more = [
    'http://shop.example.com',
    'https://shop.example.com:8443',
    'https://user@shop.example.com',
    'https://:pw@shop.example.com',
    'javascript://shop.example.com/%0aalert(1)',
    'blob:https://shop.example.com/x',
    '/relative',
    '',
    'shop.example.com',
  ];
  expect(targets.length + more.length).toBeGreaterThan(500);
  for (const target of more) expect(mayLeadTo(target, ALLOWED), target).toBe(false);
  for (const target of targets) {
    // Whatever is let through truly goes to the shop: browsers and we read an address with the same parser.
    if (mayLeadTo(target, ALLOWED))
      expect(new URL(target), target).toMatchObject({
        protocol: 'https:',
        username: '',
        password: '',
        port: '',
        hostname: 'shop.example.com',
      });
  }
  // Some shapes only decorate the shop's own address; most name another host and must fall.
  expect(targets.filter((target) => mayLeadTo(target, ALLOWED)).length).toBeLessThan(targets.length / 8);
});

test('domains of a program are host names and nothing else', () => {
  expect(['Shop.Example.com', ' shop.example.com ', 'bücher.example'].map(hostName)).toEqual([
    'shop.example.com',
    'shop.example.com',
    'xn--bcher-kva.example',
  ]);
  for (const bad of [
    'https://shop.example.com',
    'shop.example.com/path',
    'shop.example.com:443',
    'user@shop.example.com',
    '*.example.com/',
    'localhost',
    '',
    'shop.example.com?x',
    'shop example.com',
    'shop.example.com.',
    '[::1]',
    'a\\b.example',
  ])
    expect(hostName(bad), bad).toBeNull();
});
