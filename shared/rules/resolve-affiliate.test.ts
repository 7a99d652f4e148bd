import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AffiliateRule, type Candidate, DEFAULT_PRECEDENCE, resolveAffiliate } from './resolve-affiliate.ts';

const DAY = 86_400_000;
const orderAt = 1_000 * DAY;
const rule: AffiliateRule = { id: 'rul_1', version: 3, windowDays: 30, clickWins: 'last', precedence: DEFAULT_PRECEDENCE };
const candidate = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  rung: 'cart-click',
  affiliateId: `aff_${id}`,
  mintedAt: orderAt - DAY,
  validUntil: null,
  macOk: true,
  consent: true,
  selfReferral: false,
  afterCheckoutStarted: false,
  programOpen: true,
  affiliationApproved: true,
  ...more,
});
const decide = (candidates: Candidate[], change: Partial<AffiliateRule> = {}) =>
  resolveAffiliate(orderAt, candidates, { ...rule, ...change });

test('coupon before click before bond; the losers say so', () => {
  const decision = decide([
    candidate('click'),
    candidate('bond', { rung: 'customer-bond' }),
    candidate('coupon', { rung: 'coupon', mintedAt: orderAt }),
  ]);
  expect(decision.winner).toEqual({ candidateId: 'coupon', affiliateId: 'aff_coupon', rung: 'coupon' });
  expect(decision.losers).toEqual([
    { candidateId: 'bond', reason: 'LOWER_RUNG' },
    { candidateId: 'click', reason: 'LOWER_RUNG' },
  ]);
});

test('a program may put clicks first', () => {
  const decision = decide([candidate('click'), candidate('coupon', { rung: 'coupon', mintedAt: orderAt })], {
    precedence: ['cart-click', 'coupon'],
  });
  expect(decision.winner?.candidateId).toBe('click');
});

test('last or first click inside a rung, tie by lower id', () => {
  const clicks = [candidate('b'), candidate('a'), candidate('old', { mintedAt: orderAt - 5 * DAY })];
  expect(decide(clicks)).toMatchObject({
    winner: { candidateId: 'a' },
    losers: [
      { candidateId: 'b', reason: 'LATER_TOUCH_WON' },
      { candidateId: 'old', reason: 'LATER_TOUCH_WON' },
    ],
  });
  expect(decide(clicks, { clickWins: 'first' })).toMatchObject({
    winner: { candidateId: 'old' },
    losers: [{ reason: 'EARLIER_TOUCH_WON' }, { reason: 'EARLIER_TOUCH_WON' }],
  });
});

test('every way to lose has its name, and never ends the search', () => {
  const bad: [Partial<Candidate>, string][] = [
    [{ macOk: false }, 'BAD_MAC'],
    [{ consent: false }, 'NO_CONSENT'],
    [{ selfReferral: true }, 'SELF_REFERRAL'],
    [{ afterCheckoutStarted: true }, 'AFTER_CHECKOUT_STARTED'],
    [{ programOpen: false }, 'PROGRAM_CLOSED'],
    [{ affiliationApproved: false }, 'NOT_APPROVED'],
    [{ mintedAt: orderAt - 30 * DAY - 1 }, 'OUTSIDE_WINDOW'],
    [{ mintedAt: orderAt + 1 }, 'OUTSIDE_WINDOW'],
  ];
  for (const [fault, reason] of bad) {
    const decision = decide([
      candidate('bad', { rung: 'coupon', mintedAt: orderAt - 1, ...fault }),
      candidate('good', { rung: 'server-click' }),
    ]);
    expect(decision, reason).toMatchObject({ winner: { candidateId: 'good' }, losers: [{ candidateId: 'bad', reason }] });
  }
});

test('both edges of the window are inside; a bond goes by its own term', () => {
  expect(decide([candidate('edge', { mintedAt: orderAt - 30 * DAY })]).winner?.candidateId).toBe('edge');
  expect(decide([candidate('now', { mintedAt: orderAt })]).winner?.candidateId).toBe('now');
  expect(
    decide([candidate('bond', { rung: 'customer-bond', mintedAt: orderAt - 300 * DAY, validUntil: orderAt })]).winner?.candidateId,
  ).toBe('bond');
  expect(decide([candidate('bond', { rung: 'customer-bond', mintedAt: orderAt - 300 * DAY, validUntil: orderAt - 1 })]).winner).toBeNull();
});

test('a manual override stands even when entered after the order', () => {
  expect(
    decide([candidate('m', { rung: 'manual', mintedAt: orderAt + 9 * DAY }), candidate('coupon', { rung: 'coupon' })]).winner?.candidateId,
  ).toBe('m');
});

test('the order in which carriers arrive never changes one byte of the decision', () => {
  const any = fc.record({
    rung: fc.constantFrom(...DEFAULT_PRECEDENCE),
    mintedAt: fc.constantFrom(orderAt - 40 * DAY, orderAt - 2 * DAY, orderAt - DAY, orderAt),
    macOk: fc.boolean(),
    consent: fc.boolean(),
    selfReferral: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 6 }), fc.constantFrom('last' as const, 'first' as const), (list, clickWins) => {
      const candidates = list.map((more, i) => candidate(`c${i}`, more));
      const decision = decide(candidates, { clickWins });
      expect(JSON.stringify(decide(candidates.toReversed(), { clickWins }))).toBe(JSON.stringify(decision));
      expect(decision.losers.length + (decision.winner === null ? 0 : 1)).toBe(candidates.length);
    }),
  );
});
