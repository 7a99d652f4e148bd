import type { AffiliateStats } from '#shared/contracts/embeds.ts';
import type { SignIn } from '../embed/token-source.ts';
import { card, tile } from '../ui/card.ts';
import { make } from '../ui/make.ts';
import { UNKNOWN, type Reader } from '../ui/reader.ts';
import { copyRow } from './copy-row.ts';
import { NULL_REASONS, WORDS } from './words.ts';

/** A creator's own figures in this shop, or a quiet word on how to see them. */
export function affiliateStatsView(answer: AffiliateStats | SignIn, reader: Reader, signInUrl: string | undefined): HTMLElement {
  const label = reader.say(WORDS.title);
  const notLinked = () => make('p', { class: 'hint quiet' }, reader.say(WORDS.notLinked));
  if ('signIn' in answer) return card(reader, label, label, null, answer.notLinked ? notLinked() : signInHint(reader, signInUrl));
  const { affiliate, currency } = answer;
  if (affiliate === null) return card(reader, label, label, answer.asOf, notLinked());

  const reason = reasonOf(answer, reader);
  const number = (term: keyof typeof WORDS, value: number | null, written: string) =>
    tile({ term: reader.say(WORDS[term]), figure: written, note: null }, value === null ? reason : null);
  const money = (term: keyof typeof WORDS, minor: number | null) => number(term, minor, reader.money(minor, currency));
  const count = (term: keyof typeof WORDS, value: number | null) => number(term, value, reader.count(value));
  const anyUnknown = [answer.clicks, answer.orders, answer.netSalesMinor, answer.commissionMinor, answer.pendingMinor].includes(null);
  return card(
    reader,
    reader.say(WORDS.titleOf, { name: affiliate.name }),
    label,
    answer.asOf,
    make(
      'dl',
      { class: 'tiles five' },
      count('clicks', answer.clicks),
      count('orders', answer.orders),
      money('sales', answer.netSalesMinor),
      money('commission', answer.commissionMinor),
      money('pending', answer.pendingMinor),
    ),
    anyUnknown ? make('p', { class: 'quiet foot' }, `${UNKNOWN} ${reason}`) : null,
    affiliate.link === null ? null : copyRow(reader, WORDS.link, affiliate.link),
    affiliate.coupon === null ? null : copyRow(reader, WORDS.coupon, affiliate.coupon),
  );
}

function reasonOf({ nullReason }: AffiliateStats, reader: Reader): string {
  if (nullReason === null) return reader.say(WORDS.unknown);
  const known = NULL_REASONS[nullReason];
  return known === undefined ? nullReason : reader.say(known);
}

function signInHint(reader: Reader, url: string | undefined): HTMLElement {
  const text = reader.say(WORDS.signIn);
  // The shop's own sign-in page; anything but a path of this shop is not taken.
  const ours = url !== undefined && /^\/(?![/\\])/.test(url);
  return make('p', { class: 'hint quiet' }, ours ? make('a', { href: url }, text) : text);
}
