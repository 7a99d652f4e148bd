import type { Plan } from '#shared/rules/launch-plan.ts';
import type { AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import { createCore } from '../../../sandbox/core/create-core.ts';
import type { AdsOracleObject } from '../../../sandbox/core/ads-oracle.ts';
import type { FaultPlan } from '../../../sandbox/core/faults.ts';
import type { RequestLog } from '../../../sandbox/core/request-log.ts';
import { createRouter } from '../../../sandbox/core/router.ts';
import { createLinkedin } from '../../../sandbox/linkedin/index.ts';
import { createMeta, DEMO_IDS } from '../../../sandbox/meta/index.ts';
import { createSnapchat, DEMO_IDS as SNAPCHAT_IDS } from '../../../sandbox/snapchat/index.ts';
import { createTiktok } from '../../../sandbox/tiktok/index.ts';
import { linkedinPlan } from '../linkedin-plan.ts';
import { snapchatPlan } from '../snapchat-plan.ts';
import { ADVERTISER, tiktokPlan } from '../tiktok-plan.ts';
import { testPlan, type TestFile } from '../test-plan.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** One ad account on a platform of its own, in memory, on the simulated clock. */
export interface SimAccount {
  platform: AdPlatformId;
  externalId: string;
  currency: string;
  timezone: string;
  pages: string[];
  accessToken: string;
  plan: Plan;
  files: TestFile[];
  log: RequestLog;
  /** A request as it would leave the Worker. Null = the connection was cut. */
  handle(request: Request): Promise<Response | null>;
  objects(): AdsOracleObject[];
  setFaults(plan: FaultPlan): void;
}

/** Longer than any simulated launch: how tokens of an hour are renewed is another test's matter. */
const TOKEN_LIFE_MS = 30 * 86_400_000;

export interface AccountSize {
  adSets: number;
  concepts: number;
}

/** How each platform is imitated and what is launched on it. */
const MAKERS: Partial<Record<AdPlatformId, (clock: VirtualClock, seed: number, faults: FaultPlan, size: AccountSize) => SimAccount>> = {
  meta(clock, seed, faults, size) {
    const { core } = createCore({ seed, faults, now: () => clock.now(), timer: (ms, run) => clock.timer(ms, run) });
    const meta = createMeta(core, { demo: false });
    const { plan, files } = testPlan({ ...size, ratios: ['1x1'], shade: seed });
    return {
      platform: 'meta',
      externalId: DEMO_IDS.account,
      currency: plan.settings.currency,
      timezone: plan.settings.timezone,
      pages: [DEMO_IDS.page],
      accessToken: meta.issueToken(),
      plan,
      files,
      log: core.log,
      handle: createRouter({
        vendors: [meta],
        log: core.log,
        now: () => clock.now(),
        control: async () => new Response(null, { status: 404 }),
      }),
      objects: () => meta.adsObjects().filter((one) => !one.demo),
      setFaults: (plan_) => core.faults.set(plan_),
    };
  },
  tiktok(clock, seed, faults, size) {
    const { core } = createCore({ seed, faults, now: () => clock.now(), timer: (ms, run) => clock.timer(ms, run) });
    const tiktok = createTiktok(core, { demo: false });
    const { plan, files } = tiktokPlan(seed % 2 === 0 ? 'sales' : 'traffic', { ...size, ratios: ['9x16'], shade: seed });
    return {
      platform: 'tiktok',
      externalId: ADVERTISER,
      currency: plan.settings.currency,
      timezone: plan.settings.timezone,
      pages: [plan.settings.pageId],
      accessToken: tiktok.issueToken(),
      plan,
      files,
      log: core.log,
      handle: createRouter({
        vendors: [tiktok],
        log: core.log,
        now: () => clock.now(),
        control: async () => new Response(null, { status: 404 }),
      }),
      objects: () => tiktok.adsObjects().filter((one) => !one.demo),
      setFaults: (plan_) => core.faults.set(plan_),
    };
  },
  linkedin(clock, seed, faults, size) {
    const { core } = createCore({ seed, faults, now: () => clock.now(), timer: (ms, run) => clock.timer(ms, run) });
    const linkedin = createLinkedin(core, { demo: false });
    const { plan, files } = linkedinPlan({ ...size, ratios: ['1x1'], shade: seed });
    return {
      platform: 'linkedin',
      externalId: plan.accountId,
      currency: plan.settings.currency,
      timezone: plan.settings.timezone,
      pages: [plan.settings.pageId],
      accessToken: linkedin.issueToken(),
      plan,
      files,
      log: core.log,
      handle: createRouter({
        vendors: [linkedin],
        log: core.log,
        now: () => clock.now(),
        control: async () => new Response(null, { status: 404 }),
      }),
      objects: () => linkedin.adsObjects().filter((one) => !one.demo),
      setFaults: (plan_) => core.faults.set(plan_),
    };
  },
  snapchat(clock, seed, faults, size) {
    const { core } = createCore({ seed, faults, now: () => clock.now(), timer: (ms, run) => clock.timer(ms, run) });
    const snapchat = createSnapchat(core, { demo: false });
    const { plan, files } = snapchatPlan({ ...size, shade: seed });
    return {
      platform: 'snapchat',
      externalId: SNAPCHAT_IDS.account,
      currency: plan.settings.currency,
      timezone: plan.settings.timezone,
      pages: [plan.settings.pageId],
      accessToken: snapchat.issueToken(undefined, TOKEN_LIFE_MS),
      plan,
      files,
      log: core.log,
      handle: createRouter({
        vendors: [snapchat],
        log: core.log,
        now: () => clock.now(),
        control: async () => new Response(null, { status: 404 }),
      }),
      objects: () => snapchat.adsObjects().filter((one) => !one.demo),
      setFaults: (plan_) => core.faults.set(plan_),
    };
  },
};

/** The platforms that can be simulated so far. */
export const SIM_PLATFORMS = Object.keys(MAKERS) as AdPlatformId[];

export function createSimAccount(
  platform: AdPlatformId,
  clock: VirtualClock,
  seed: number,
  faults: FaultPlan,
  size: AccountSize,
): SimAccount {
  const make = MAKERS[platform];
  if (!make) throw new Error(`${platform} cannot be simulated yet: ${SIM_PLATFORMS.join(', ')} can.`);
  return make(clock, seed, faults, size);
}
