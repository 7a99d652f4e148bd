import type { ExtensionBrowser } from './signed-in-browser.ts';
import type { HandCalculation, HandFigure, HandLevel } from './hand-calculation.ts';
import { settledBadges, walkTable, type SeenRow } from './read-badges.ts';

export interface BadgeCheck {
  checked: number;
  wrong: number;
  withRoas: number;
  examples: string[];
}

const euros = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });
const PLACES: readonly { path: string; level: HandLevel; within: string; screens: number }[] = [
  { path: 'campaigns', level: 'campaign', within: '', screens: 4 },
  { path: 'adsets', level: 'ad_set', within: 'selected_campaign_ids', screens: 4 },
  { path: 'ads', level: 'ad', within: 'selected_campaign_ids', screens: 30 },
  { path: 'ads', level: 'ad', within: '', screens: 6 },
];

/** Opens the three levels of the Ads Manager and compares what is painted in every visible row with the hand calculation. */
export async function checkBadges(
  browser: ExtensionBrowser,
  hand: HandCalculation,
  accountId: string,
  campaignId: string,
  range: { since: string; until: string },
  mostScreens = 30,
): Promise<BadgeCheck> {
  const check: BadgeCheck = { checked: 0, wrong: 0, withRoas: 0, examples: [] };
  for (const { path, level, within, screens } of PLACES) {
    const page = await browser.page(adsManager(path, accountId, range, within === '' ? {} : { [within]: campaignId }));
    await page.bringToFront();
    await settledBadges(page);
    for (const row of await walkTable(page, Math.min(screens, mostScreens))) {
      const wanted = textsOf(hand.figure(level, row.id));
      check.checked += 1;
      if (/\d×$/.test(row.ratio)) check.withRoas += 1;
      if (isRight(row, wanted)) continue;
      check.wrong += 1;
      if (check.examples.length < 5)
        check.examples.push(
          `${level} ${row.id}: painted ${row.money} ${row.ratio} for ${row.forId}, right is ${wanted.money} ${wanted.ratio}`,
        );
    }
    await page.close();
  }
  return check;
}

export function adsManager(
  path: string,
  accountId: string,
  range: { since: string; until: string },
  more: Record<string, string> = {},
): string {
  return `https://adsmanager.facebook.com/adsmanager/manage/${path}?${new URLSearchParams({ act: accountId, date: `${range.since}_${range.until}`, ...more })}`;
}

const isRight = (row: SeenRow, wanted: { money: string; ratio: string }): boolean =>
  row.forId === row.id && row.money === wanted.money && row.ratio === wanted.ratio;

/** What a badge must say, by a rule written here: thousandths half to even, then two decimals. */
function textsOf({ spendMinor, revenueMinor, tooFew }: HandFigure): { money: string; ratio: string } {
  const milli = spendMinor === 0 ? 0 : Number((BigInt(revenueMinor) * 2000n + BigInt(spendMinor)) / (2n * BigInt(spendMinor)));
  const isTie = spendMinor !== 0 && (BigInt(revenueMinor) * 2000n) % (2n * BigInt(spendMinor)) === BigInt(spendMinor);
  const point = isTie && milli % 2 === 1 ? milli - 1 : milli;
  return {
    money: euros.format(revenueMinor / 100),
    ratio:
      spendMinor === 0
        ? 'no spend'
        : tooFew
          ? 'too few'
          : `${(point / 1000).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}×`,
  };
}
