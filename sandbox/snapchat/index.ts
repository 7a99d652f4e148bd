import { adsWithToken, duplicatesAmong, type AdsOracle, type AdsOracleObject } from '../core/ads-oracle.ts';
import { underFaults } from '../core/under-faults.ts';
import type { SandboxCore, Vendor } from '../core/vendor.ts';
import { ADS_HOST, answerCall, PROFILE_HOST } from './answer-call.ts';
import { controlSnapchat, setStats, type SnapControl } from './control.ts';
import { DEMO_IDS } from './demo-ids.ts';
import { buildDemoWorld } from './demo-world.ts';
import { requestIdOf } from './ids.ts';
import { addLead, type NewLead } from './leads.ts';
import { deleteNatively, editNatively, review } from './native-edits.ts';
import { authorize, exchangeToken } from './oauth.ts';
import { listObjects } from './oracle.ts';
import { DEFAULT_LIMITS, Pace, type PaceLimits } from './pace.ts';
import { downloadReport, REPORT_HOST } from './reports.ts';
import { requestKey } from './request-key.ts';
import { READING_POSTS } from './routes.ts';
import { readSnapCall, type SnapCall } from './snap-call.ts';
import { ItemError, platformBroken, SnapError } from './snap-error.ts';
import { StatsBook, type DayFigures } from './stats-book.ts';
import { SnapStore, type SnapObject } from './store.ts';
import { ACCESS_MS, SCOPES, SnapTokens } from './tokens.ts';
import { DEFAULT_SETTINGS, type SnapSettings, type SnapWorld } from './world.ts';

export { DEMO_IDS } from './demo-ids.ts';
export { SNAPCHAT_APP } from './tokens.ts';

const ACCOUNTS_HOST = 'accounts.snapchat.com';
const HOSTS = new Set([ADS_HOST, PROFILE_HOST, ACCOUNTS_HOST, REPORT_HOST]);

export interface SnapchatVendor extends Vendor, AdsOracle {
  objects(): AdsOracleObject[];
  /** Ads that carry this client token. */
  adsByToken(token: string): AdsOracleObject[];
  countDuplicates(): number;
  addLead(lead: NewLead): string;
  /** Sets one ad's figures of one day of the account's calendar; micro units. */
  setStats(adId: string, day: string, figures: DayFigures): void;
  setDead(dead: boolean): void;
  /** Access tokens end, refresh tokens live on. */
  expireTokens(): void;
  /** The person takes the app's access away. */
  revokeTokens(): void;
  setLimits(limits: Partial<PaceLimits>): void;
  /** A ready access token, as after a finished login. */
  issueToken(scopes?: readonly string[], lifeMs?: number): string;
  /** A person changes, deletes or reviews something in the platform's own manager. */
  edit(id: string, changes: Record<string, unknown>): void;
  remove(id: string): void;
  review(id: string, verdict: 'APPROVED' | 'REJECTED', reasons?: readonly string[]): void;
  settings: SnapSettings;
}

interface Saved {
  objects: SnapObject[];
  stats: ReturnType<StatsBook['snapshot']>;
  tokens: unknown;
}

export function createSnapchat(core: SandboxCore, options: { demo?: boolean } = {}): SnapchatVendor {
  const world: SnapWorld = {
    core,
    store: new SnapStore(),
    tokens: new SnapTokens(core),
    pace: new Pace(core),
    stats: new StatsBook(core.seed),
    settings: { ...DEFAULT_SETTINGS, nextReportEnds: [] },
    uploads: new Map(),
  };
  let dead = false;
  buildDemoWorld(world.store, world.stats, options.demo !== false);

  const refuse = (error: SnapError, call: Pick<SnapCall, 'requestId'>): Response => {
    // Guide, limits: a bare 429, without body or headers.
    if (error.status === 429) return new Response(null, { status: 429 });
    return Response.json(error.body(requestIdOf(core, call.requestId)), { status: error.status, headers: error.headers });
  };

  const apply = async (call: SnapCall): Promise<Response> => {
    try {
      const { body, status = 200 } = await answerCall(world, call);
      return Response.json(body, { status });
    } catch (error) {
      if (error instanceof SnapError) return refuse(error, call);
      // A call about one object: its refusal is the call's.
      if (error instanceof ItemError) return refuse(new SnapError(400, error.code, error.reason()), call);
      throw error;
    }
  };

  const handleApi = async (request: Request): Promise<Response | null> => {
    let call: SnapCall;
    try {
      call = await readSnapCall(request);
    } catch (error) {
      if (error instanceof SnapError) return refuse(error, { requestId: 'unread' });
      throw error;
    }
    return underFaults(core, {
      vendor: 'snapchat',
      key: requestKey(world, call),
      isWrite: call.method !== 'GET' && !READING_POSTS.test(call.path[2] ?? ''),
      apply: () => apply(call),
      throttled: () => new Response(null, { status: 429 }),
      failed: () => refuse(platformBroken(), call),
    });
  };

  /** A login is done by a person, so only a dead platform touches it. */
  const handleAccounts = async (request: Request, url: URL): Promise<Response> => {
    if (request.method === 'GET' && url.pathname === '/login/oauth2/authorize') return authorize(world, url);
    if (request.method === 'POST' && url.pathname === '/login/oauth2/access_token')
      return exchangeToken(world, new URLSearchParams(await request.text()));
    return new Response('Not found', { status: 404 });
  };

  const tools: SnapControl = {
    world,
    setDead(wanted) {
      dead = wanted;
    },
    issueToken: (scopes = SCOPES, lifeMs = ACCESS_MS) => world.tokens.issue(DEMO_IDS.user, scopes, lifeMs).token,
  };

  return {
    name: 'snapchat',
    serves: (host) => HOSTS.has(host),
    async handle(request) {
      const url = new URL(request.url);
      if (dead || (core.faults.plan.dead === true && core.faults.covers('snapchat'))) return null;
      if (url.hostname === ACCOUNTS_HOST) return handleAccounts(request, url);
      if (url.hostname === REPORT_HOST) return downloadReport(world, url);
      return handleApi(request);
    },
    control: (method, path, body) => controlSnapchat(tools, method, path, body),
    objects: () => listObjects(world),
    adsObjects: () => listObjects(world),
    adsByToken: (token) => adsWithToken(listObjects(world), token),
    countDuplicates: () => duplicatesAmong(listObjects(world)),
    addLead: (lead) => addLead(world, lead).id,
    setStats: (adId, day, figures) => setStats(world, { adId, day, ...figures }),
    setDead: tools.setDead,
    expireTokens: () => world.tokens.expireAll(),
    revokeTokens: () => world.tokens.revokeAll(),
    setLimits(limits) {
      Object.assign(world.pace.limits, limits);
    },
    issueToken: tools.issueToken,
    edit: (id, changes) => editNatively(world, id, changes),
    remove: (id) => deleteNatively(world, id),
    review: (id, verdict, reasons) => review(world, id, verdict, reasons),
    settings: world.settings,
    snapshot: (): Saved => ({ objects: world.store.kept(), stats: world.stats.snapshot(), tokens: world.tokens.snapshot() }),
    restore(state) {
      const saved = state as Saved;
      world.store.clear();
      buildDemoWorld(world.store, world.stats, options.demo !== false);
      world.store.putBack(saved.objects);
      world.stats.restore(saved.stats);
      world.tokens.restore(saved.tokens);
      world.pace.clear();
      world.pace.limits = { ...DEFAULT_LIMITS };
      world.uploads.clear();
      dead = false;
    },
  };
}
