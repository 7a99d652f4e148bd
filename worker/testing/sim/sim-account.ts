import type { Plan } from '#shared/rules/launch-plan.ts';
import type { AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import { createCore } from '../../../sandbox/core/create-core.ts';
import { tokenOf, type AdsOracleObject } from '../../../sandbox/core/ads-oracle.ts';
import { noFaults, type FaultPlan } from '../../../sandbox/core/faults.ts';
import type { RequestLog } from '../../../sandbox/core/request-log.ts';
import { createRouter } from '../../../sandbox/core/router.ts';
import type { SandboxCore, Vendor } from '../../../sandbox/core/vendor.ts';
import { createGoogle } from '../../../sandbox/google/index.ts';
import { createGoogleAds } from '../../../sandbox/google-ads/index.ts';
import { createLinkedin } from '../../../sandbox/linkedin/index.ts';
import { createMeta, DEMO_IDS } from '../../../sandbox/meta/index.ts';
import { createSnapchat, DEMO_IDS as SNAPCHAT_IDS } from '../../../sandbox/snapchat/index.ts';
import { createTiktok } from '../../../sandbox/tiktok/index.ts';
import { demandGenPlan, GOOGLE_ACCOUNT, searchPlan, uploadLogo } from '../google-plan.ts';
import { linkedinPlan } from '../linkedin-plan.ts';
import { snapchatPlan } from '../snapchat-plan.ts';
import { ADVERTISER, tiktokPlan } from '../tiktok-plan.ts';
import { testPlan, type PlanSize, type TestFile } from '../test-plan.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** One thing that truly exists at a platform, as far as the simulation compares. */
export type SimObject = Pick<AdsOracleObject, 'id' | 'kind' | 'token' | 'status' | 'canSpend' | 'isDeleted'>;

/** What differs from platform to platform. */
interface Stand {
  externalId: string;
  pages: string[];
  accessToken: string;
  plan: Plan;
  files: TestFile[];
  vendors: Vendor[];
  objects(): SimObject[];
  /** Where the platform has tiers of access. */
  setTier?(tier: 'full' | 'limited'): void;
}

/** One ad account on a platform of its own, in memory, on the simulated clock. */
export interface SimAccount extends Omit<Stand, 'vendors'> {
  platform: AdPlatformId;
  log: RequestLog;
  /** A request as it would leave the Worker. Null = the connection was cut. */
  handle(request: Request): Promise<Response | null>;
  setFaults(plan: FaultPlan): void;
}

/** Longer than any simulated launch: how tokens of an hour are renewed is another test's matter. */
const TOKEN_LIFE_MS = 30 * 86_400_000;

/** How each platform is imitated and what is launched on it; `most` = ads that one ad set takes at once. */
const STANDS: Record<
  AdPlatformId,
  { most(seed: number): number; make(core: SandboxCore, seed: number, size: PlanSize): Stand | Promise<Stand> }
> = {
  meta: {
    most: () => 50,
    make(core, _, size) {
      const meta = createMeta(core, { demo: false });
      return {
        ...testPlan({ ...size, ratios: ['1x1'] }),
        externalId: DEMO_IDS.account,
        pages: [DEMO_IDS.page],
        accessToken: meta.issueToken(),
        vendors: [meta],
        objects: () => meta.adsObjects().filter((one) => !one.demo),
        setTier: (tier) => meta.setTier(tier),
      };
    },
  },
  'google-ads': {
    most: (seed) => (isSearch(seed) ? 3 : 20),
    async make(core, seed, size) {
      const google = createGoogle(core);
      const ads = createGoogleAds(core, google);
      const accessToken = ads.issueToken();
      const session = { outside: outsideOf(ads), accessToken, accountExternalId: GOOGLE_ACCOUNT, timeoutMs: 1_000 };
      const { plan, files } = isSearch(seed) ? { plan: searchPlan(size), files: [] } : demandGenPlan(size, await uploadLogo(session));
      return {
        plan,
        files,
        externalId: GOOGLE_ACCOUNT,
        pages: [],
        accessToken,
        vendors: [ads, google],
        objects: () =>
          ads
            .objects()
            .filter((one) => !one.demo && (one.kind === 'campaign' || one.kind === 'ad_set' || one.kind === 'ad'))
            .map((one) => ({
              id: one.id,
              kind: one.kind as SimObject['kind'],
              token:
                one.labels.find((label) => TOKEN.test(label)) ??
                tokenOf(one.name) ??
                /inlay=([0-9A-Z]{13})/.exec(JSON.stringify(one.fields))?.[1] ??
                null,
              status: one.status,
              canSpend: one.maySpend,
              isDeleted: one.status === 'REMOVED',
            })),
      };
    },
  },
  tiktok: {
    most: () => 50,
    make(core, seed, size) {
      const tiktok = createTiktok(core, { demo: false });
      const { plan, files } = tiktokPlan(seed % 2 === 0 ? 'sales' : 'traffic', { ...size, ratios: ['9x16'] });
      return {
        plan,
        files,
        externalId: ADVERTISER,
        pages: [plan.settings.pageId],
        accessToken: tiktok.issueToken(),
        vendors: [tiktok],
        objects: () => tiktok.adsObjects().filter((one) => !one.demo),
      };
    },
  },
  linkedin: {
    most: () => 15,
    make(core, _, size) {
      const linkedin = createLinkedin(core, { demo: false });
      const { plan, files } = linkedinPlan({ ...size, ratios: ['1x1'] });
      return {
        plan,
        files,
        externalId: plan.accountId,
        pages: [plan.settings.pageId],
        accessToken: linkedin.issueToken(),
        vendors: [linkedin],
        objects: () => linkedin.adsObjects().filter((one) => !one.demo),
      };
    },
  },
  snapchat: {
    most: () => 50,
    make(core, _, size) {
      const snapchat = createSnapchat(core, { demo: false });
      const { plan, files } = snapchatPlan(size);
      return {
        plan,
        files,
        externalId: SNAPCHAT_IDS.account,
        pages: [plan.settings.pageId],
        accessToken: snapchat.issueToken(undefined, TOKEN_LIFE_MS),
        vendors: [snapchat],
        objects: () => snapchat.adsObjects().filter((one) => !one.demo),
      };
    },
  },
};
const TOKEN = /^[0-9A-HJKMNP-TV-Z]{13}$/;
const isSearch = (seed: number): boolean => seed % 2 === 1;
const outsideOf =
  (vendor: Vendor) =>
  async (url: string, init?: RequestInit): Promise<Response> =>
    (await vendor.handle(new Request(url, init))) ?? Response.error();

export const SIM_PLATFORMS = Object.keys(STANDS) as AdPlatformId[];

/** An account with a plan of exactly so many ads, in as few ad sets as the platform lets them share. */
export async function createSimAccount(
  platform: AdPlatformId,
  clock: VirtualClock,
  seed: number,
  faults: FaultPlan,
  ads: number,
): Promise<SimAccount> {
  const { most, make } = STANDS[platform];
  const now = () => clock.now();
  const { core } = createCore({ seed, faults: noFaults(seed), now, timer: (ms, run) => clock.timer(ms, run) });
  const { vendors, ...stand } = await make(core, seed, { ...shape(ads, most(seed)), shade: seed });
  core.log.clear();
  core.faults.set(faults);
  return {
    ...stand,
    platform,
    log: core.log,
    handle: createRouter({ vendors, log: core.log, now, control: async () => new Response(null, { status: 404 }) }),
    setFaults: (plan) => core.faults.set(plan),
  };
}

function shape(ads: number, most: number): { adSets: number; concepts: number } {
  for (let concepts = Math.min(most, ads); ; concepts -= 1) if (ads % concepts === 0) return { concepts, adSets: ads / concepts };
}
