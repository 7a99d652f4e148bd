import { escapedJson } from '../core/escaped-json.ts';
import type { AdsOracle } from '../core/ads-oracle.ts';
import { underFaults } from '../core/under-faults.ts';
import type { SandboxCore, Vendor } from '../core/vendor.ts';
import { answerCall, findNode, usageOf } from './answer-call.ts';
import type { AdsSource } from '../host-pages/index.ts';
import { listAdsObjects } from './ads-objects.ts';
import { createAdsSource } from './ads-source.ts';
import { answerBatch, type ItemAnswer } from './batch.ts';
import { controlMeta, type MetaControl } from './control.ts';
import { buildDemoAccount, DEMO_IDS } from './demo-account.ts';
import { readGraphCall, type GraphCall } from './graph-call.ts';
import { GraphError, platformBroken } from './graph-error.ts';
import { InsightBook, type DayFigures } from '../core/insight-book.ts';
import { addLead, type NewLead } from './leads.ts';
import { loginDialog } from './login-dialog.ts';
import { countDuplicates, findByToken, listObjects, type OracleObject } from './oracle.ts';
import { createLeadAnnouncer, verifyCallback } from './page-webhooks.ts';
import { requestKey, throttleOf } from './request-key.ts';
import { loadMetaSpec } from './spec-check.ts';
import { MetaStore, type GraphObject } from './store.ts';
import { ALL_SCOPES, LONG_MS, MetaTokens } from './tokens.ts';
import { UsageMeter, type Tier } from './usage.ts';
import type { MetaSettings, MetaWorld } from './world.ts';

export { DEMO_IDS } from './demo-account.ts';
export { META_APP } from './tokens.ts';
export type { OracleObject } from './oracle.ts';

const HOSTS = new Set(['graph.facebook.com', 'graph-video.facebook.com', 'www.facebook.com']);

export interface MetaVendor extends Vendor, AdsOracle {
  /** False when the published spec does not lie beside the repository: then nothing is held against it. */
  readonly specChecked: boolean;
  objects(): OracleObject[];
  /** Ads that carry this client token. */
  adsByToken(token: string): OracleObject[];
  countDuplicates(): number;
  addLead(lead: NewLead): string;
  /** Sets one ad's figures of one day of the account's calendar; minor units. */
  setInsights(adId: string, day: string, figures: DayFigures): void;
  /** Changes a living object's fields as a person in the native manager would. */
  editNatively(id: string, fields: Record<string, unknown>): void;
  setDead(dead: boolean): void;
  expireTokens(): void;
  setTier(tier: Tier): void;
  /** A ready user token, as after a finished login. */
  issueToken(scopes?: readonly string[], lifeMs?: number | null): string;
  settings: MetaSettings;
  verifyCallback(): Promise<{ ok: boolean; status: number | null }>;
  /** What the imitated Ads Manager page shows, straight from memory. */
  ads: AdsSource;
}

interface Saved {
  objects: GraphObject[];
  insights: ReturnType<InsightBook['snapshot']>;
  tokens: unknown;
  subscribedPages: string[];
  tier: Tier;
}

export function createMeta(core: SandboxCore, options: { demo?: boolean } = {}): MetaVendor {
  const store = new MetaStore();
  const insights = new InsightBook(core.seed);
  const subscribedPages = new Set<string>();
  const announcer = createLeadAnnouncer(core, subscribedPages);
  let dead = false;
  const world: MetaWorld = {
    core,
    store,
    insights,
    subscribedPages,
    tokens: new MetaTokens(core),
    usage: new UsageMeter(core, store),
    settings: { videoProcessingMs: 800, reportMs: 400, nextReportEnds: [] },
    uploads: new Map(),
    intents: new Map(),
    announceLead: (lead) => announcer.announce(lead),
  };
  const spec = loadMetaSpec();
  buildDemoAccount(store, insights, core.seed, options.demo !== false);

  const answerItem = async (call: GraphCall): Promise<ItemAnswer> => {
    const usage = (): Record<string, string> => {
      const node = findNode(world, call, null);
      return world.usage.headers(node?.accountId ?? null, usageOf(call, node), false);
    };
    try {
      const body = await answerCall(world, call, spec);
      return { status: 200, headers: usage(), body };
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      return { status: error.status, headers: usage(), body: error.body(call.requestId) };
    }
  };
  const toResponse = ({ status, headers, body }: ItemAnswer, requestId: string): Response =>
    new Response(escapedJson(body), {
      status,
      headers: {
        'content-type': 'application/json; charset=UTF-8',
        'facebook-api-version': 'v26.0',
        'x-fb-request-id': requestId,
        'x-fb-trace-id': requestId,
        'cache-control': 'private, no-store',
        ...headers,
      },
    });
  const refuse = (error: GraphError, call: Pick<GraphCall, 'requestId'>, headers: Record<string, string> = {}): Response =>
    toResponse({ status: error.status, headers, body: error.body(call.requestId) }, call.requestId);

  const apply = async (call: GraphCall): Promise<Response> => {
    if (call.path.length > 0) return toResponse(await answerItem(call), call.requestId);
    try {
      return toResponse({ status: 200, headers: {}, body: await answerBatch(world, call, answerItem) }, call.requestId);
    } catch (error) {
      if (error instanceof GraphError) return refuse(error, call);
      throw error;
    }
  };

  const handleGraph = async (request: Request): Promise<Response | null> => {
    let call: GraphCall;
    try {
      call = await readGraphCall(request);
    } catch (error) {
      if (error instanceof GraphError) return refuse(error, { requestId: 'unread' });
      throw error;
    }
    // A login is repeated by a person, so only a dead platform touches it; everything else gets the full weather.
    if (call.path[0] === 'oauth' || call.path[0] === 'debug_token') return apply(call);
    const node = findNode(world, call, null);
    return underFaults(core, {
      vendor: 'meta',
      key: requestKey(world, call),
      isWrite: call.method !== 'GET' && call.path[1] !== 'insights',
      apply: () => apply(call),
      throttled: () => refuse(throttleOf(world, call, node), call, world.usage.headers(node?.accountId ?? null, usageOf(call, node), true)),
      failed: () => refuse(platformBroken(), call),
    });
  };

  const tools: MetaControl = {
    world,
    setDead(wanted) {
      dead = wanted;
    },
    issueToken: (scopes = ALL_SCOPES, lifeMs = LONG_MS) =>
      world.tokens.issue({ kind: 'user', ownerId: DEMO_IDS.user, scopes, lifeMs }).token,
    verifyCallback: () => verifyCallback(core),
  };

  return {
    name: 'meta',
    specChecked: spec !== null,
    serves: (host) => HOSTS.has(host),
    async handle(request) {
      const url = new URL(request.url);
      if (dead || (core.faults.plan.dead === true && core.faults.covers('meta'))) return null;
      if (url.hostname !== 'www.facebook.com') return handleGraph(request);
      if (/^(\/v\d+\.\d+)?\/dialog\/oauth$/.test(url.pathname)) return loginDialog(world.tokens, url);
      return new Response('Not found', { status: 404 });
    },
    control: (method, path, body) => controlMeta(tools, method, path, body),
    objects: () => listObjects(store),
    adsObjects: () => listAdsObjects(store),
    adsByToken: (token) => findByToken(store, token),
    countDuplicates: () => countDuplicates(store),
    addLead: (lead) => addLead(world, lead).id,
    setInsights(adId, day, figures) {
      insights.set(adId, day, figures);
      core.touch();
    },
    editNatively(id, fields) {
      const object = store.get(id);
      if (object === undefined) throw new Error(`there is no object ${id}`);
      store.change(object, fields, core.now());
      core.touch();
    },
    setDead: tools.setDead,
    expireTokens: () => world.tokens.expireAll(),
    setTier(tier) {
      world.usage.tier = tier;
    },
    issueToken: tools.issueToken,
    settings: world.settings,
    verifyCallback: tools.verifyCallback,
    ads: createAdsSource(world),
    snapshot(): Saved {
      return {
        objects: store.kept(),
        insights: insights.snapshot(),
        tokens: world.tokens.snapshot(),
        subscribedPages: [...subscribedPages],
        tier: world.usage.tier,
      };
    },
    restore(state) {
      const saved = state as Saved;
      store.clear();
      buildDemoAccount(store, insights, core.seed, options.demo !== false);
      store.putBack(saved.objects);
      insights.restore(saved.insights);
      world.tokens.restore(saved.tokens);
      world.usage.clear();
      world.usage.tier = saved.tier;
      world.uploads.clear();
      world.intents.clear();
      announcer.clear();
      dead = false;
      subscribedPages.clear();
      for (const page of saved.subscribedPages) subscribedPages.add(page);
    },
  };
}
