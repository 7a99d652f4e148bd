import type { AdsOracle, AdsOracleObject } from '../core/ads-oracle.ts';
import { InsightBook } from '../core/insight-book.ts';
import { addDays, daysOf } from '../core/days.ts';
import type { DayFigures } from '../core/insight-book.ts';
import { underFaults } from '../core/under-faults.ts';
import type { SandboxCore, Vendor } from '../core/vendor.ts';
import { answerCall, isKnown, isOpen } from './answer-call.ts';
import { makeRequestId, readCall, splitPath, type TiktokCall } from './call.ts';
import { ChangeLog } from './change-log.ts';
import { controlTiktok, editNatively } from './control.ts';
import { DEMO_ADVERTISERS } from './demo-ids.ts';
import { buildDemoWorld } from './demo-world.ts';
import { errorResponse, platformBroken, okResponse, throttleResponse } from './envelope.ts';
import { createLeadAnnouncer, type Subscription } from './lead-webhooks.ts';
import { addLead, type NewLead } from './leads.ts';
import { CallLimits, type Tier } from './limits.ts';
import { countDuplicates, findByToken, listAdsObjects, listObjects, type TiktokOracleObject } from './oracle.ts';
import { authorizationPage } from './portal.ts';
import { DOWNLOAD_HOST, reportFile } from './report-tasks.ts';
import { requestKey } from './request-key.ts';
import { isWrite } from './routes.ts';
import { freshSettings } from './settings.ts';
import { loadTiktokSpec } from './spec-check.ts';
import { TiktokStore, type TiktokObject } from './store.ts';
import { TiktokError } from './tiktok-error.ts';
import { TiktokTokens, type Scope } from './tokens.ts';
import type { TiktokSettings, TiktokWorld } from './world.ts';

export { DEMO_ADVERTISERS, DEMO_ASSETS } from './demo-ids.ts';
export { TIKTOK_APP } from './tokens.ts';

const API_HOST = 'business-api.tiktok.com';
const HOSTS = new Set([API_HOST, DOWNLOAD_HOST]);
/** How far back the demo ads have delivered, today included. */
const DEMO_DAYS = 35;

export interface TiktokVendor extends Vendor, AdsOracle {
  /** False when the published spec does not lie beside the repository: then nothing is held against it. */
  readonly specChecked: boolean;
  objects(): TiktokOracleObject[];
  /** Ads that carry this client token. */
  adsByToken(token: string): AdsOracleObject[];
  countDuplicates(): number;
  addLead(lead: NewLead): string;
  /** Sets one ad's figures of one day of the account's calendar; minor units. */
  setInsights(adId: string, day: string, figures: DayFigures): void;
  /** What a person does in the native manager. */
  editNatively(id: string, changes: Record<string, unknown>): void;
  setDead(dead: boolean): void;
  /** Every token ends: by its time (40102), or because the person took it away (40105). */
  expireTokens(how?: 'expired' | 'revoked'): void;
  setTier(tier: Tier): void;
  /** A ready token, as after a finished login. */
  issueToken(wish?: { scopes?: readonly Scope[]; advertiserIds?: string[]; shape?: 'creator' | 'long-lived' }): string;
  settings: TiktokSettings;
}

interface Saved {
  objects: TiktokObject[];
  insights: ReturnType<InsightBook['snapshot']>;
  tokens: unknown;
  changes: unknown;
  subscriptions: [string, Subscription][];
  tier: Tier;
}

export function createTiktok(core: SandboxCore, options: { demo?: boolean } = {}): TiktokVendor {
  const store = new TiktokStore();
  const figures = new InsightBook(core.seed);
  let dead = false;
  const world: TiktokWorld = {
    core,
    store,
    figures,
    demoDays: (today) => new Set(daysOf({ since: addDays(today, 1 - DEMO_DAYS), until: today })),
    tokens: new TiktokTokens(core),
    limits: new CallLimits(core),
    settings: freshSettings(),
    recent: new Map(),
    changes: new ChangeLog(),
    subscriptions: new Map(),
    announcer: createLeadAnnouncer(core, () => world),
    uploads: new Map(),
    intents: new Map(),
  };
  const spec = loadTiktokSpec();
  const withTree = options.demo !== false;
  buildDemoWorld(store, figures, core.seed, withTree);

  const apply = async (call: TiktokCall): Promise<Response> => {
    try {
      return okResponse(world, call, await answerCall(world, call, spec));
    } catch (error) {
      if (error instanceof TiktokError) return errorResponse(call.requestId, error);
      throw error;
    }
  };

  const handleApi = async (request: Request): Promise<Response | null> => {
    const place = splitPath(new URL(request.url));
    if (place === null) return new Response('404 page not found', { status: 404 });
    const known = isKnown(request.method, place.path);
    if (known === 'no') return new Response('404 page not found', { status: 404 });
    if (known === 'method') return new Response('405 method not allowed', { status: 405 });
    const requestId = makeRequestId(core, request);
    let call: TiktokCall;
    try {
      call = await readCall(request, place, requestId);
    } catch (error) {
      if (error instanceof TiktokError) return errorResponse(requestId, error);
      throw error;
    }
    // A login is repeated by a person, so only a dead platform touches it; everything else gets the full weather.
    if (isOpen(call)) return apply(call);
    const key = requestKey(world, call);
    return underFaults(core, {
      vendor: 'tiktok',
      key,
      isWrite: isWrite(call.method, call.path),
      apply: () => apply(call),
      throttled: () => throttleResponse(world, call, key),
      failed: () => platformBroken(world, call, key),
    });
  };

  const issueToken: TiktokVendor['issueToken'] = (wish = {}) =>
    world.tokens.issue({
      advertiserIds: wish.advertiserIds ?? Object.values(DEMO_ADVERTISERS),
      shape: wish.shape ?? 'long-lived',
      ...(wish.scopes === undefined ? {} : { scopes: wish.scopes }),
    }).token;
  const setDead = (wanted: boolean): void => {
    dead = wanted;
  };

  return {
    name: 'tiktok',
    specChecked: spec !== null,
    serves: (host) => HOSTS.has(host),
    async handle(request) {
      const url = new URL(request.url);
      if (dead || (core.faults.plan.dead === true && core.faults.covers('tiktok'))) return null;
      if (url.hostname === DOWNLOAD_HOST) {
        const task = store.find('report', url.pathname.slice(1).replace(/\.csv$/, ''));
        if (task?.fields['task'] !== 'report') return new Response('Not found', { status: 404 });
        return new Response(reportFile(world, task), { headers: { 'content-type': 'text/csv; charset=utf-8' } });
      }
      if (url.pathname === '/portal/auth') return authorizationPage(world, url);
      return handleApi(request);
    },
    control: (method, path, body) => controlTiktok({ world, setDead, issueToken }, method, path, body),
    objects: () => listObjects(world),
    adsObjects: () => listAdsObjects(world),
    adsByToken: (token) => findByToken(world, token),
    countDuplicates: () => countDuplicates(world),
    addLead: (lead) => addLead(world, lead).id,
    setInsights(adId, day, wanted) {
      figures.set(adId, day, wanted);
      core.touch();
    },
    editNatively: (id, changes) => void editNatively(world, id, changes),
    setDead,
    expireTokens: (how = 'expired') => world.tokens.endAll(how),
    setTier(tier) {
      world.limits.tier = tier;
    },
    issueToken,
    settings: world.settings,
    snapshot(): Saved {
      return {
        objects: store.kept(),
        insights: figures.snapshot(),
        tokens: world.tokens.snapshot(),
        changes: world.changes.snapshot(),
        subscriptions: [...world.subscriptions],
        tier: world.limits.tier,
      };
    },
    restore(state) {
      const saved = state as Saved;
      store.clear();
      buildDemoWorld(store, figures, core.seed, withTree);
      store.putBack(saved.objects);
      figures.restore(saved.insights);
      world.tokens.restore(saved.tokens);
      world.changes.restore(saved.changes);
      world.limits.clear();
      world.limits.tier = saved.tier;
      for (const kept of [world.uploads, world.intents, world.recent, world.subscriptions]) kept.clear();
      for (const [id, subscription] of saved.subscriptions) world.subscriptions.set(id, subscription);
      world.announcer.clear();
      dead = false;
    },
  };
}
