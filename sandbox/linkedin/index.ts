import type { AdsOracle } from '../core/ads-oracle.ts';
import { InsightBook, type DayFigures } from '../core/insight-book.ts';
import { underFaults } from '../core/under-faults.ts';
import type { SandboxCore, Vendor } from '../core/vendor.ts';
import { answerCall } from './answer-call.ts';
import { controlLinkedin, deleteNatively, editNatively, setFigures } from './control.ts';
import { buildDemoWorld, DEMO_IDS } from './demo-world.ts';
import { announceLead, challengeWebhook } from './lead-webhooks.ts';
import { addLead, deleteLead, type NewLead } from './leads.ts';
import { readLiCall, type Json, type LiCall } from './li-call.ts';
import { LiError, platformBroken, throttled } from './li-error.ts';
import { receiveBytes } from './media.ts';
import { DEFAULT_LIMITS, Meter, type LiLimits } from './meter.ts';
import { challengeAgain } from './notifications.ts';
import { answerOauth, consentPage } from './oauth.ts';
import { countDuplicates, findByToken, listAdsObjects, listObjects, type LinkedinObject } from './oracle.ts';
import { bytesKey, requestKey } from './request-key.ts';
import { isDetailed } from './routes.ts';
import { checkError, loadLinkedinFacts } from './spec-check.ts';
import { LiStore } from './store.ts';
import { ALL_SCOPES, LiTokens } from './tokens.ts';
import { DEFAULT_SETTINGS, type LiAnswer, type LiSettings, type LiWorld } from './world.ts';

const API = 'api.linkedin.com';
const WWW = 'www.linkedin.com';

export interface LinkedinVendor extends Vendor, AdsOracle {
  /** False when the written-down facts do not lie beside the repository: then nothing is held against them. */
  readonly specChecked: boolean;
  objects(): LinkedinObject[];
  /** Ads (creatives) that carry this client token. */
  adsByToken(token: string): LinkedinObject[];
  countDuplicates(): number;
  addLead(lead: NewLead): string;
  deleteLead(id: string): void;
  /** Sets one creative's figures of one UTC day; minor units. */
  setInsights(creativeId: string, day: string, figures: DayFigures): void;
  setDead(dead: boolean): void;
  expireTokens(): void;
  setLimits(limits: Partial<LiLimits>): void;
  /** A ready access token, as after a finished login. */
  issueToken(scopes?: readonly string[], lifeMs?: number): string;
  editNatively(id: string, fields: Record<string, unknown>): void;
  deleteNatively(id: string): void;
  settings: LiSettings;
}

interface Saved {
  store: ReturnType<LiStore['kept']>;
  insights: ReturnType<InsightBook['snapshot']>;
  tokens: unknown;
  limits: LiLimits;
}

export function createLinkedin(core: SandboxCore, options: { demo?: boolean } = {}): LinkedinVendor {
  const store = new LiStore();
  const insights = new InsightBook(core.seed);
  const facts = loadLinkedinFacts();
  let dead = false;
  const world: LiWorld = {
    core,
    store,
    insights,
    tokens: new LiTokens(core),
    meter: new Meter(core),
    settings: { ...DEFAULT_SETTINGS, nextMediaEnds: [], nextReviews: [] },
    uploads: new Map(),
    writtenAccounts: new Set(),
    intents: new Map(),
    announceLead: (lead, action) => announceLead(core, store, lead, action),
    challenge: ({ webhook }) => challengeWebhook(core, webhook),
  };
  buildDemoWorld(store, insights, core.seed, options.demo !== false);

  const toResponse = ({ status, headers, body }: LiAnswer, requestId: string): Response =>
    new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        'x-li-fabric': 'prod-sandbox',
        'x-li-request-id': requestId,
        'x-li-uuid': requestId,
        'x-restli-protocol-version': '2.0.0',
        ...headers,
      },
    });
  const refuse = (error: LiError, pattern: string, requestId: string): Response => {
    const body: Json = error.body(isDetailed(pattern));
    if (facts !== null) for (const problem of checkError(facts, body)) core.log.violate(`error ${pattern}`, problem);
    return toResponse({ status: error.status, body }, requestId);
  };

  const apply = async (call: LiCall): Promise<Response> => {
    try {
      return toResponse(await answerCall(world, call, facts), call.requestId);
    } catch (error) {
      if (error instanceof LiError) return refuse(error, call.pattern, call.requestId);
      throw error;
    }
  };

  const handleRest = async (request: Request): Promise<Response | null> => {
    let call: LiCall;
    try {
      call = await readLiCall(request);
    } catch (error) {
      if (error instanceof LiError) return refuse(error, '', 'unread');
      throw error;
    }
    return underFaults(core, {
      vendor: 'linkedin',
      key: requestKey(world, call),
      isWrite: call.method !== 'GET',
      apply: () => apply(call),
      throttled: () => refuse(throttled(), call.pattern, call.requestId),
      failed: () => refuse(platformBroken(), call.pattern, call.requestId),
    });
  };

  const handleUpload = async (request: Request, path: string): Promise<Response | null> => {
    if (request.method !== 'PUT') return new Response(null, { status: 405 });
    const bytes = new Uint8Array(await request.arrayBuffer());
    return underFaults(core, {
      vendor: 'linkedin',
      key: bytesKey(path, bytes),
      isWrite: true,
      apply: () => receiveBytes(world, path, bytes),
      throttled: () => refuse(throttled(), 'dms-uploads', 'upload'),
      failed: () => refuse(platformBroken(), 'dms-uploads', 'upload'),
    });
  };

  const setDead = (wanted: boolean): void => {
    dead = wanted;
  };

  return {
    name: 'linkedin',
    specChecked: facts !== null,
    serves: (host) => host === API || host === WWW,
    async handle(request) {
      const { hostname, pathname } = new URL(request.url);
      if (dead || (core.faults.plan.dead === true && core.faults.covers('linkedin'))) return null;
      if (hostname === API && pathname.startsWith('/rest/')) return handleRest(request);
      // A login is repeated by a person, so only a dead platform touches it; everything else gets the full weather.
      if (hostname === WWW && pathname === '/oauth/v2/authorization')
        return consentPage(world.tokens, new URL(request.url), DEMO_IDS.member);
      if (hostname === WWW && pathname.startsWith('/oauth/v2/') && request.method === 'POST')
        return answerOauth(core, world.tokens, pathname, request);
      if (hostname === WWW && pathname.startsWith('/dms-uploads/')) return handleUpload(request, pathname);
      return new Response('Not found', { status: 404 });
    },
    control: (method, path, body) => controlLinkedin({ world, memberId: DEMO_IDS.member, setDead }, method, path, body),
    objects: () => listObjects(world),
    adsObjects: () => listAdsObjects(world),
    adsByToken: (token) => findByToken(world, token),
    countDuplicates: () => countDuplicates(world),
    addLead: (lead) => addLead(world, lead).urn,
    deleteLead: (id) => deleteLead(world, id),
    setInsights: (creativeId, day, figures) => setFigures(world, { creativeId, day, ...figures }),
    setDead,
    expireTokens: () => world.tokens.expireAll(),
    setLimits: (limits) => void Object.assign(world.meter.limits, limits),
    issueToken: (scopes = ALL_SCOPES, lifeMs) => world.tokens.issue(DEMO_IDS.member, scopes, lifeMs).token,
    editNatively: (id, fields) => editNatively(world, id, fields),
    deleteNatively: (id) => deleteNatively(world, id),
    settings: world.settings,
    snapshot(): Saved {
      return { store: store.kept(), insights: insights.snapshot(), tokens: world.tokens.snapshot(), limits: { ...world.meter.limits } };
    },
    restore(state) {
      const saved = state as Saved;
      store.clear();
      buildDemoWorld(store, insights, core.seed, options.demo !== false);
      store.putBack(saved.store);
      for (const notification of store.all('notification')) challengeAgain(world, notification);
      insights.restore(saved.insights);
      world.tokens.restore(saved.tokens);
      world.meter.clear();
      world.meter.limits = { ...DEFAULT_LIMITS, ...saved.limits };
      world.uploads.clear();
      world.writtenAccounts.clear();
      world.intents.clear();
      dead = false;
    },
  };
}

export { DEMO_IDS } from './demo-world.ts';
export { LINKEDIN_APP } from './tokens.ts';
