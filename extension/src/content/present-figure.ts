import type { Figure } from '#shared/contracts/metrics.ts';
import type { Definition, Freshness, Totals } from '../messaging/overlay-types.ts';
import type { Entry } from './metrics-store.ts';
import type { OverlayText } from './overlay-text.ts';
import { blankWords, leadWords, revenueGapWords } from './gap-words.ts';

export type Dot = 'good' | 'fair' | 'poor' | 'none' | 'waiting' | 'blank';
/** What a badge paints: at most two figures and one dot. */
export interface BadgeView {
  money: string;
  ratio: string;
  dot: Dot;
  /** Under 90 % of the window's revenue has likely arrived. */
  young: boolean;
  /** Nothing spent and nothing earned: the badge draws itself in, so that it covers nothing of the page. */
  idle: boolean;
}
export interface Ground {
  definition: Definition | null;
  totals: Totals | null;
  freshness: Freshness | null;
}

const MATURE_PERMILLE = 900;
/** The last 72 hours before today's end. */
const ARRIVING_MS = 3 * 86_400_000;
/** Longer amounts are shortened in the row and whole in the hover card. */
const ROW_MONEY_CHARACTERS = 12;
const BLANK = '—';

/** No figure: still on its way, or blank for a reason that sentenceOf tells. One object each, so that painting it again is nothing. */
export const WAITING: BadgeView = { money: BLANK, ratio: '', dot: 'waiting', young: false, idle: false };
export const NO_FIGURE: BadgeView = { money: BLANK, ratio: '', dot: 'blank', young: false, idle: false };

/** One answer as a badge: the point with "too few" in place of a ratio that says nothing, and a reason where there is no figure. */
export function presentAnswer(entry: Entry, ground: Ground, text: OverlayText): BadgeView {
  const { answer } = entry;
  if ('blank' in answer) return NO_FIGURE;
  // A figure without its definition has no currency and no window: nothing that may be shown.
  if (ground.definition === null) return WAITING;
  const { figure } = answer;
  if (figure.revenueMinor === null) return NO_FIGURE;
  const { currency } = ground.definition;
  const full = text.money(figure.revenueMinor, currency);
  const judged = !figure.tooFew && figure.verdict !== 'none';
  return {
    money: full.length <= ROW_MONEY_CHARACTERS ? full : text.moneyCompact(figure.revenueMinor, currency),
    ratio: figure.roas === null ? text.t('noSpend') : figure.tooFew ? text.t('tooFew') : text.roas(figure.roas.point),
    dot: judged ? figure.verdict : 'none',
    young: figure.maturityPermille !== null && figure.maturityPermille < MATURE_PERMILLE,
    idle: isIdle(figure),
  };
}

/** What the badge says, in full words: the arithmetic and the judgement or why there is none, or why there is no figure. */
export function sentenceOf(entry: Entry | undefined, ground: Ground, offline: boolean, hasTarget: boolean, text: OverlayText): string {
  if (entry === undefined || ground.definition === null) return text.t(offline ? 'blank.offline' : 'loading');
  if ('blank' in entry.answer) return blankWords(entry.answer.blank, ground.freshness, text);
  const { figure } = entry.answer;
  if (isIdle(figure)) return text.t('nothingYet');
  const judgement = judgementOf(figure, hasTarget, text);
  return [
    arithmetic(figure, ground.definition.currency, text),
    judgement,
    figure.revenueMinor === null ? revenueGapWords(ground.freshness, text) : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** Null where nothing is left to say: without spend there is no ratio to judge, without a target nothing to judge it by. */
function judgementOf({ roas, tooFew, verdict }: Figure, hasTarget: boolean, text: OverlayText): string | null {
  if (roas === null) return null;
  if (tooFew) return text.t('tooFewToSay');
  return verdict === 'none' && !hasTarget ? null : text.t(`verdict.${verdict}`);
}

const isIdle = ({ roas, spendMinor, revenueMinor, leads }: Figure): boolean =>
  roas === null && spendMinor === 0 && revenueMinor === 0 && leads === 0;

/** "€4,410.00 net from 11 customers ÷ €2,100.00 spend = 2.10×, likely 1.30× to 3.10×". */
export function arithmetic(figure: Figure, currency: string, text: OverlayText): string {
  const { roas, customers: count } = figure;
  if (count === null) return text.t('spendOnly', { spend: text.money(figure.spendMinor, currency) });
  const revenue = text.money(figure.revenueMinor, currency);
  if (roas === null) return text.t('arithmeticNoSpend', { revenue, count });
  const sentence = text.t('arithmetic', { revenue, count, spend: text.money(figure.spendMinor, currency), roas: text.roas(roas.point) });
  return roas.low80 === null || roas.high80 === null
    ? sentence
    : `${sentence}, ${text.t('likely', { low: text.roas(roas.low80), high: text.roas(roas.high80) })}`;
}

/** The lines of the hover card below the arithmetic. */
export function detailLines(figure: Figure, ground: Ground & { definition: Definition }, text: OverlayText, nowMs: number): string[] {
  const { definition, totals, freshness } = ground;
  const lines: string[] = [];
  const { roas } = figure;
  if (roas !== null && roas.low95 !== null && roas.high95 !== null)
    lines.push(`${text.t('wider', { low: text.roas(roas.low95), high: text.roas(roas.high95) })}. ${text.t('chanceOnly')}`);
  lines.push(
    joined([
      figure.orders === null ? null : text.t('orders', { count: figure.orders }),
      leadWords(figure.leads, freshness, text),
      figure.costPerLeadMinor === null ? null : text.t('costPerLead', { cost: text.money(figure.costPerLeadMinor, definition.currency) }),
    ]),
  );
  lines.push(
    joined([
      totals === null || totals.unmatchedPermille === null ? null : text.t('unmatched', { share: text.permille(totals.unmatchedPermille) }),
      figure.maturityPermille === null
        ? stillArriving(definition, text, nowMs)
        : text.t('matured', { share: text.permille(figure.maturityPermille) }),
    ]),
  );
  lines.push(
    joined([
      `${text.day(definition.since)} – ${text.day(definition.until)}`,
      text.t('model.last'),
      text.t(`basis.${definition.basis}`),
      definition.currency,
      definition.timezone,
    ]),
  );
  if (freshness !== null)
    lines.push(
      joined([
        text.t('spendAge', { age: age(freshness.spendAt, text, nowMs) }),
        text.t('revenueAge', { age: age(freshness.revenueAt, text, nowMs) }),
      ]),
    );
  return lines.filter((line) => line !== '');
}

/** Without a lag curve of its own, an organization is told that the last days of a window by touch are not final. */
function stillArriving({ basis, until }: Definition, text: OverlayText, nowMs: number): string | null {
  return basis === 'accrual' && Date.parse(until) > nowMs - ARRIVING_MS ? text.t('stillArriving') : null;
}

const joined = (parts: (string | null)[]): string => parts.filter((part) => part !== null).join(' · ');
const age = (at: string | null, text: OverlayText, nowMs: number): string => (at === null ? text.t('neverRead') : text.ago(at, nowMs));
