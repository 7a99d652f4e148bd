import path from 'node:path';
import * as connections from '#shared/contracts/connections.ts';
import * as organizations from '#shared/contracts/organizations.ts';
import { defaultFaultPlan, noFaults } from '../../sandbox/index.ts';
import { DEMO_IDS } from '../../sandbox/meta/index.ts';
import { connect } from '../connect.ts';
import { demoMember } from '../demo-member.ts';
import { buildTestExtension } from '../build-test-extension.ts';
import { DEMO_ACCOUNT, DEMO_SHOP } from '../seed-demo.ts';
import type { Stack } from '../stack.ts';
import { until } from '../until.ts';
import { checkBadges, type BadgeCheck } from './check-badges.ts';
import { allowWidgets, checkCreatorStats, checkLeadCards, type WidgetCheck } from './check-widgets.ts';
import { againstSpec, NO_SPEC } from '../against-spec.ts';
import { earn } from './earn.ts';
import { demoAccount, runLaunch, storeAndCheck, switchOn } from './launch-brief.ts';
import { adsOnAir, launchTruth, shortcomings, type LaunchTruth } from './launch-oracle.ts';
import { planOfBrief } from './plan-of-brief.ts';
import { readBrief } from './read-brief.ts';
import { openExtensionBrowser, signInExtension } from './signed-in-browser.ts';
import { uploadBrief } from './upload-brief.ts';

export interface DemoFiles {
  sheet: string;
  media: string;
}
export interface DemoResult extends LaunchTruth {
  ok: boolean;
  seed: number;
  problems: string[];
  /** Requests to the platform during the launch, batches as one; create calls per ad (guide 8.5 counts these). */
  calls: number;
  callsPerAd: number;
  /** Figures of the look-up behind the badges, painted badges, and widgets: read and compared with the hand calculation. */
  lookUpCheck: { checked: number; wrong: number };
  badgeCheck: Omit<BadgeCheck, 'examples'>;
  leadRoasCheck: Omit<WidgetCheck, 'examples'>;
  affiliateCheck: Omit<WidgetCheck, 'examples'>;
  /** Whether requests and answers were held against the platform's published spec, which lies beside the repository or not. */
  specChecked: boolean;
  /** What the weather did, by kind. */
  faults: Record<string, number>;
  launchSeconds: number;
  seconds: number;
}

const BRIEFS = path.resolve(import.meta.dirname, '../../sandbox/briefs');
export const DEFAULT_FILES: DemoFiles = { sheet: path.join(BRIEFS, 'launch.csv'), media: path.join(BRIEFS, 'media') };

const callsToMeta = (stack: Stack): number =>
  [...stack.sandbox.log.counts].reduce((sum, [route, n]) => sum + (/facebook\.com/.test(route) ? n : 0), 0);

/** The whole story on a running, empty stack. Every step goes through the product's own doors; the sandbox only plays the world. */
export async function play(stack: Stack, seed: number, files: DemoFiles, say: (line: string) => void): Promise<DemoResult> {
  const started = performance.now();
  stack.sandbox.setFaults(noFaults(seed));
  if (!stack.sandbox.meta.specChecked) say(NO_SPEC);
  const member = await demoMember(stack);
  await member.api.call(organizations.updateOrganization, { body: { targetRoasMilli: 2000, floorRoasMilli: 1000 } });
  await Promise.all([connect(member, 'meta'), connect(member, 'shopify', DEMO_SHOP), connect(member, 'hubspot')]);
  say('Meta, the store and the CRM connected');
  await until(
    'the ad account was read',
    async () =>
      (await member.api.call(connections.listAdAccounts, {})).adAccounts.find((one) => one.externalId === DEMO_ACCOUNT)?.insightsSyncedAt,
    90_000,
  );
  const account = await demoAccount(member);

  const brief = await readBrief(files.sheet, files.media);
  stack.sandbox.setFaults(defaultFaultPlan(seed));
  const media = await uploadBrief(member, brief.files);
  const plan = planOfBrief(
    brief.name,
    brief.rows,
    media,
    account,
    { pageId: DEMO_IDS.page, leadFormId: DEMO_IDS.form, linkUrl: `https://${DEMO_SHOP}/products/field-tote` },
    Date.now(),
  );
  const { launch } = await storeAndCheck(member, plan);
  say(`plan stored and checked: ${launch.counts.ad} ads, ${launch.counts.total} objects`);

  const before = callsToMeta(stack);
  const launchStarted = performance.now();
  await runLaunch(stack, member, launch, say);
  const launchSeconds = seconds(launchStarted);
  const calls = callsToMeta(stack) - before;
  const readBack = await launchTruth(stack, launch.id, launch.counts.ad);
  say(`launched and read back in ${launchSeconds} s: ${JSON.stringify(readBack)}`);
  const problems: string[] = [];
  await switchOn(member, launch.id);
  if (adsOnAir(stack) !== launch.counts.ad) problems.push(`${adsOnAir(stack)} ads are on after the switch`);
  say('switched on');

  const building = buildTestExtension(stack.origin, path.join(stack.dir, 'extension'));
  building.catch(() => undefined); // awaited below, after the money has come in
  const { hand, range, campaignId, lookedUp } = await earn(stack, member, seed, launch.id, account, say);
  if (lookedUp.wrong > 0) problems.push(`${lookedUp.wrong} of ${lookedUp.checked} figures differ from the hand calculation`);
  await allowWidgets(stack, member);
  say('every lead, order and refund has taken effect; looking at the pages');
  const browser = await openExtensionBrowser(stack, await building);
  try {
    await signInExtension(browser);
    const badges = await checkBadges(browser, hand, account.externalId, campaignId, range);
    say(`${badges.checked} badges read, ${badges.wrong} wrong`);
    const leadCards = await checkLeadCards(stack, browser, hand);
    const creator = await checkCreatorStats(browser, hand);
    say(`${leadCards.checked + creator.checked} figures of widgets read, ${leadCards.wrong + creator.wrong} wrong`);
    // Counted at the very end, so that what the platform made late counts, too.
    const truth = await launchTruth(stack, launch.id, launch.counts.ad);
    problems.push(...shortcomings(truth), ...againstSpec(stack));
    problems.push(...badges.examples, ...leadCards.examples, ...creator.examples);
    // A brief of one's own may be too small for it: then every row rightly says "too few".
    if (badges.withRoas === 0 && files.sheet === DEFAULT_FILES.sheet) problems.push('no badge showed a ROAS');
    return {
      ok: problems.length === 0,
      seed,
      ...truth,
      badgeCheck: { ...counts(badges), withRoas: badges.withRoas },
      leadRoasCheck: counts(leadCards),
      affiliateCheck: counts(creator),
      lookUpCheck: lookedUp,
      problems,
      specChecked: stack.sandbox.meta.specChecked,
      faults: Object.fromEntries(stack.sandbox.log.faults),
      calls,
      callsPerAd: await createCallsPerAd(stack, launch.id),
      launchSeconds,
      seconds: seconds(started),
    };
  } finally {
    await browser.close();
  }
}

const counts = ({ checked, wrong }: WidgetCheck): { checked: number; wrong: number } => ({ checked, wrong });

async function createCallsPerAd(stack: Stack, launchId: string): Promise<number> {
  const [row] = await stack.query<{ attempts: number; ads: number }>(
    `select count(a.*)::int as attempts, count(distinct i.id)::int as ads from launch_items i left join launch_attempts a on a.item_id = i.id where i.launch_id = $1 and i.kind = 'ad'`,
    [launchId],
  );
  if (!row) throw new Error('The launch has no rows.');
  return Number((row.attempts / row.ads).toFixed(2));
}

const seconds = (since: number): number => Number(((performance.now() - since) / 1000).toFixed(1));
