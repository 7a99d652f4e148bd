import { underFaults } from '../core/under-faults.ts';
import type { SandboxCore, Vendor } from '../core/vendor.ts';
import type { GoogleVendor } from '../google/index.ts';
import { ADWORDS_SCOPE } from '../google/tokens.ts';
import { AdsError, DoorError, refusal } from './ads-error.ts';
import { answerCall, isStream, isWrite, routeOf } from './answer-call.ts';
import { controlAds, editNatively, type AdsControl } from './control.ts';
import { answerDataManager, DATA_MANAGER_HOST } from './data-manager/answer.ts';
import { ADS_DEMO, buildDemoWorld } from './demo-world.ts';
import { FigureBook, type DayFigures } from './figure-book.ts';
import { addLead, type NewAdsLead } from './leads.ts';
import { countDuplicates, findByToken, listObjects, type OracleObject } from './oracle.ts';
import { Quota, quotaRefusal, type AccessLevel } from './quota.ts';
import { readAdsCall, type AdsCall } from './read-call.ts';
import { requestKey } from './request-key.ts';
import { checkBody, loadAdsSpec } from './spec-check.ts';
import { AdsStore, type Resource } from './store.ts';
import { DEFAULT_SETTINGS, type AdsSettings, type AdsWorld } from './world.ts';

export { ADS_DEMO } from './demo-world.ts';

const HOST = 'googleads.googleapis.com';

export interface GoogleAdsVendor extends Vendor {
  /** False when the published wire document does not lie beside the repository: then nothing is held against it. */
  readonly specChecked: boolean;
  objects(): OracleObject[];
  adsByToken(token: string): OracleObject[];
  countDuplicates(): number;
  addLead(lead: NewAdsLead): string;
  /** Sets one day of an ad or an asset group, by resource name. */
  setInsights(resourceName: string, day: string, figures: DayFigures): void;
  setDead(dead: boolean): void;
  expireTokens(): void;
  setLevel(level: AccessLevel, perDay?: number): void;
  /** What a person does in the platform's own manager. */
  editNatively(resourceName: string, fields: Record<string, unknown>): void;
  issueToken(): string;
  settings: AdsSettings;
}

interface Saved {
  resources: Resource[];
  figures: ReturnType<FigureBook['snapshot']>;
  level: AccessLevel;
}

export function createGoogleAds(core: SandboxCore, google: GoogleVendor, options: { demo?: boolean } = {}): GoogleAdsVendor {
  const withAds = options.demo !== false;
  let dead = false;
  const world: AdsWorld = {
    core,
    google,
    store: new AdsStore(),
    book: new FigureBook(core.seed),
    quota: new Quota(core),
    settings: { ...DEFAULT_SETTINGS, nextUploadEnds: [] },
    intents: new Map(),
  };
  const spec = loadAdsSpec();
  buildDemoWorld(world.store, world.book, withAds);

  const toResponse = (body: unknown, status: number, requestId: string): Response =>
    new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json; charset=UTF-8', 'request-id': requestId, 'cache-control': 'private' },
    });
  /** Errors of a stream come as a list of one [K]. */
  const refuse = (error: AdsError | DoorError, call: Pick<AdsCall, 'requestId'>, inStream: boolean): Response => {
    const body = error.body(call.requestId);
    return toResponse(inStream ? [body] : body, error.status, call.requestId);
  };
  const hold = (call: AdsCall, side: 'request' | 'response', body: unknown): void => {
    if (spec === null) return;
    const { name } = routeOf(call);
    const parts: unknown[] = isStream(call) && Array.isArray(body) ? body : [body];
    for (const part of parts)
      for (const problem of checkBody(spec, name, side, part))
        core.log.violate(`${side === 'request' ? 'request' : 'answer'} google-ads ${name}`, problem);
  };

  const apply = (call: AdsCall): Response => {
    try {
      const answer = answerCall(world, call);
      if (call.method === 'POST') hold(call, 'request', call.body);
      hold(call, 'response', answer);
      const shown =
        world.settings.unknownField && typeof answer === 'object' && !Array.isArray(answer)
          ? { ...answer, somethingNew: { of: 'tomorrow' } }
          : answer;
      return toResponse(shown, 200, call.requestId);
    } catch (error) {
      if (error instanceof AdsError || error instanceof DoorError) return refuse(error, call, isStream(call));
      throw error;
    }
  };

  const handle = async (request: Request): Promise<Response | null> => {
    if (dead || (core.faults.plan.dead === true && core.faults.covers('google-ads'))) return null;
    if (new URL(request.url).hostname === DATA_MANAGER_HOST) return answerDataManager(world, request);
    let call: AdsCall;
    try {
      call = await readAdsCall(request);
    } catch (error) {
      if (error instanceof AdsError || error instanceof DoorError) return refuse(error, { requestId: 'unread' }, false);
      throw error;
    }
    const key = requestKey(world, call);
    return underFaults(core, {
      vendor: 'google-ads',
      key,
      isWrite: isWrite(call),
      apply: () => apply(call),
      throttled: () =>
        refuse(
          quotaRefusal('RESOURCE_TEMPORARILY_EXHAUSTED', 'ACCOUNT', 'Requests per service per method', world.settings.retryDelayS),
          call,
          isStream(call),
        ),
      failed: () => refuse(refusal('internalError', 'INTERNAL_ERROR', 'An internal error has occurred.'), call, isStream(call)),
    });
  };

  const tools: AdsControl = {
    world,
    setDead(wanted) {
      dead = wanted;
    },
    issueToken: () => google.issueToken([ADWORDS_SCOPE], ADS_DEMO.user),
  };

  return {
    name: 'google-ads',
    specChecked: spec !== null,
    serves: (host) => host === HOST || host === DATA_MANAGER_HOST,
    handle,
    control: (method, path, body) => controlAds(tools, method, path, body),
    objects: () => listObjects(world.store),
    adsByToken: (token) => findByToken(world.store, token),
    countDuplicates: () => countDuplicates(world.store),
    addLead: (lead) => String(addLead(world, lead).fields['id']),
    setInsights(resourceName, day, figures) {
      world.book.set(resourceName, day, figures);
      core.touch();
    },
    setDead: tools.setDead,
    expireTokens: () => google.expireTokens(),
    setLevel(level, perDay) {
      world.quota.level = level;
      world.quota.perDay = perDay ?? null;
    },
    editNatively: (resourceName, fields) => editNatively(world, resourceName, fields),
    issueToken: tools.issueToken,
    settings: world.settings,
    snapshot: (): Saved => ({ resources: world.store.snapshot(), figures: world.book.snapshot(), level: world.quota.level }),
    restore(state) {
      const saved = state as Saved;
      world.store.restore(saved.resources);
      world.book.restore(saved.figures);
      world.quota.clear();
      world.quota.level = saved.level;
      world.quota.perDay = null;
      world.intents.clear();
      dead = false;
    },
  };
}
