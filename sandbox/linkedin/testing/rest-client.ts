import { createCore } from '../../core/create-core.ts';
import type { FaultPlan } from '../../core/faults.ts';
import type { Handle } from '../../core/node-http.ts';
import type { RequestLog } from '../../core/request-log.ts';
import { createRouter } from '../../core/router.ts';
import type { Delivery } from '../../core/webhook-sender.ts';
import { createLinkedin, DEMO_IDS, type LinkedinVendor } from '../index.ts';
import { FACET_PREFIX } from '../targeting-entities.ts';
import { urnOf } from '../urn.ts';
import { LINKEDIN_VERSION } from '../versions.ts';

export interface RestBody {
  [key: string]: unknown;
  elements?: Record<string, unknown>[];
  code?: string;
  message?: string;
  metadata?: { nextPageToken?: string };
  errorDetails?: { inputErrors: { code: string; input: { inputPath: { fieldPath: string } } }[] };
  // Answers of actions; each test says by its assertions what it expects.
  value?: Record<string, unknown>;
}

export interface RestAnswer {
  status: number;
  headers: Headers;
  body: RestBody;
  /** What came in x-restli-id. */
  id: string;
}

interface Sent {
  body?: unknown;
  /** X-RestLi-Method. */
  as?: string;
  headers?: Record<string, string | null>;
}

/** The part of the sandbox these tests need: this vendor alone, without sockets. */
export interface Stage {
  linkedin: LinkedinVendor;
  handle: Handle;
  log: RequestLog;
  deliveries: readonly Delivery[];
  setFaults(plan: FaultPlan): void;
  webhooksIdle(): Promise<void>;
  close(): void;
}

function openStage(options: { seed: number; faults?: FaultPlan; demo: boolean; now?: () => number; workerOrigin?: string }): Stage {
  const parts = createCore(options);
  const { core, webhooks } = parts;
  const linkedin = createLinkedin(core, { demo: options.demo });
  const control: Handle = () => Promise.resolve(null);
  return {
    linkedin,
    handle: createRouter({ vendors: [linkedin], log: core.log, now: core.now, control }),
    log: core.log,
    deliveries: webhooks.deliveries,
    setFaults: (plan) => core.faults.set(plan),
    webhooksIdle: () => webhooks.idle(),
    close() {
      parts.cancelLater();
      webhooks.close();
    },
  };
}

export interface RestClient {
  sandbox: Stage;
  token: string;
  /** Null = the connection was cut. */
  tryCall(method: string, path: string, sent?: Sent): Promise<RestAnswer | null>;
  get(path: string, headers?: Sent['headers']): Promise<RestAnswer>;
  post(path: string, body: unknown, as?: string): Promise<RestAnswer>;
  patch(path: string, set: Record<string, unknown>): Promise<RestAnswer>;
  del(path: string): Promise<RestAnswer>;
  /** Follows the page tokens to the end. */
  all(path: string, pageSize?: number): Promise<Record<string, unknown>[]>;
}

/** A plain caller of the imitated REST API. */
export function openLinkedin(
  options: { seed?: number; faults?: FaultPlan; demo?: boolean; now?: () => number; workerOrigin?: string } = {},
): RestClient {
  const sandbox = openStage({ ...options, seed: options.seed ?? 1, demo: options.demo ?? false });
  const token = sandbox.linkedin.issueToken();

  const tryCall: RestClient['tryCall'] = async (method, path, sent = {}) => {
    const headers = new Headers({
      authorization: `Bearer ${token}`,
      'linkedin-version': LINKEDIN_VERSION,
      'x-restli-protocol-version': '2.0.0',
      'content-type': 'application/json',
      ...(sent.as === undefined ? {} : { 'x-restli-method': sent.as }),
    });
    for (const [name, value] of Object.entries(sent.headers ?? {})) {
      if (value === null) headers.delete(name);
      else headers.set(name, value);
    }
    const body = sent.body === undefined ? {} : { body: typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body) };
    const response = await sandbox.handle(new Request(`https://api.linkedin.com/rest/${path}`, { method, headers, ...body }));
    if (response === null) return null;
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? {} : JSON.parse(text)) as RestBody,
      id: response.headers.get('x-restli-id') ?? '',
    };
  };
  const must = async (method: string, path: string, sent?: Sent): Promise<RestAnswer> => {
    const answer = await tryCall(method, path, sent);
    if (answer === null) throw new Error(`${method} ${path}: cut`);
    return answer;
  };

  return {
    sandbox,
    token,
    tryCall,
    get: (path, headers) => must('GET', path, headers === undefined ? {} : { headers }),
    post: (path, body, as) => must('POST', path, { body, ...(as === undefined ? {} : { as }) }),
    patch: (path, set) => must('POST', path, { body: { patch: { $set: set } }, as: 'PARTIAL_UPDATE' }),
    del: (path) => must('DELETE', path),
    async all(path, pageSize = 100) {
      const found: Record<string, unknown>[] = [];
      let next: string | undefined;
      do {
        const { body } = await must('GET', `${path}&pageSize=${pageSize}${next === undefined ? '' : `&pageToken=${next}`}`);
        found.push(...(body.elements ?? []));
        next = body.metadata?.nextPageToken;
      } while (next !== undefined);
      return found;
    },
  };
}

export const ACCOUNT = `adAccounts/${DEMO_IDS.account}`;
export const ACCOUNT_URN = urnOf('sponsoredAccount', DEMO_IDS.account);
export const ORGANIZATION = urnOf('organization', DEMO_IDS.organization);
export const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[()']/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
export const byName = (name: string): string => `search=(name:(values:List(${encoded(name)})))`;

const soon = (): number => Date.now() + 3_600_000;

export const group = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  account: ACCOUNT_URN,
  name: 'Launch',
  status: 'ACTIVE',
  runSchedule: { start: soon() },
  ...more,
});

export const campaign = (groupId: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  account: ACCOUNT_URN,
  campaignGroup: urnOf('sponsoredCampaignGroup', groupId),
  name: 'Set 1',
  type: 'SPONSORED_UPDATES',
  costType: 'CPC',
  unitCost: { amount: '5.50', currencyCode: 'EUR' },
  locale: { country: 'FR', language: 'fr' },
  objectiveType: 'WEBSITE_VISITS',
  runSchedule: { start: soon() },
  targetingCriteria: { include: { and: [{ or: { [`${FACET_PREFIX}locations`]: [urnOf('geo', '105015875')] } }] } },
  dailyBudget: { amount: '50.00', currencyCode: 'EUR' },
  politicalIntent: 'NOT_POLITICAL',
  offsiteDeliveryEnabled: false,
  status: 'PAUSED',
  ...more,
});

export const post = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  adContext: { dscAdAccount: ACCOUNT_URN, dscStatus: 'ACTIVE' },
  author: ORGANIZATION,
  commentary: 'Fresh beans',
  visibility: 'PUBLIC',
  lifecycleState: 'PUBLISHED',
  isReshareDisabledByAuthor: false,
  contentCallToActionLabel: 'LEARN_MORE',
  contentLandingPage: 'https://example.com/offer',
  content: { article: { source: 'https://example.com/offer', title: 'Fresh beans', description: 'Roasted this week' } },
  ...more,
});

export const inlineCreative = (campaignId: string, more: Record<string, unknown> = {}): { creative: Record<string, unknown> } => ({
  creative: {
    name: 'Ad 1',
    campaign: urnOf('sponsoredCampaign', campaignId),
    intendedStatus: 'PAUSED',
    inlineContent: { post: post() },
    ...more,
  },
});

export async function makeTree(rest: RestClient, token = 'tkn1'): Promise<Record<'campaign' | 'creative' | 'group', string>> {
  const must = (answer: RestAnswer): string => {
    if (answer.status !== 201) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.id;
  };
  const made = must(await rest.post(`${ACCOUNT}/adCampaignGroups`, group({ name: `Launch ·${token}` })));
  const set = must(await rest.post(`${ACCOUNT}/adCampaigns`, campaign(made, { name: `Set ·${token}` })));
  const ad = must(await rest.post(`${ACCOUNT}/creatives?action=createInline`, inlineCreative(set, { name: `Ad ·${token}` })));
  return { group: made, campaign: set, creative: ad };
}
