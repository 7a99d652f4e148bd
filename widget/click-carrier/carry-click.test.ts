import { expect, test } from 'vitest';
import { carryClick } from './carry-click.ts';

const CLICK = 'A1b2C3d4E5f6G7h8A1b2C3d4E5f6G7h8';

async function visit(search: string, marketing: boolean | null, away = false) {
  const sent: [string, unknown][] = [];
  let allowed = marketing === true;
  let consent = () => {};
  await carryClick({
    search,
    privacy: marketing === null ? undefined : { customerPrivacy: { marketingAllowed: () => allowed }, loadFeatures: (_, done) => done() },
    onConsent: (then) => {
      consent = then;
    },
    send: async (url, init) => {
      sent.push([url, JSON.parse(String(init.body))]);
      if (away) throw new TypeError('network');
    },
  });
  return {
    sent,
    decide: (yes: boolean) => {
      allowed = yes;
      consent();
    },
  };
}
const noted = [['/cart/update.js', { attributes: { inlay_click: CLICK } }]];

test('with consent the click is noted on the cart', async () => {
  expect((await visit(`?ilk=${CLICK}`, true)).sent).toEqual(noted);
});

test('without consent nothing is sent, until it is given', async () => {
  const { sent, decide } = await visit(`?ilk=${CLICK}`, false);
  expect(sent).toEqual([]);
  decide(true);
  expect(sent).toEqual(noted);
  const refused = await visit(`?ilk=${CLICK}`, false);
  refused.decide(false);
  expect(refused.sent).toEqual([]);
});

test('where consent cannot be asked for, nothing is sent', async () => {
  expect((await visit(`?ilk=${CLICK}`, null)).sent).toEqual([]);
});

test.each(['', '?ilk=', '?ilk=<script>', `?ilk=${'x'.repeat(129)}`, '?other=1'])('no click in "%s"', async (search) => {
  expect((await visit(search, true)).sent).toEqual([]);
});

test('a cart that does not answer stays the shop’s own matter', async () => {
  await expect(visit(`?ilk=${CLICK}`, true, true)).resolves.toBeDefined();
});
