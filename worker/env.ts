import { z } from 'zod';
import type { CallLimit } from './durable/call-limit.ts';
import type { ProgressRoom } from './durable/progress-room.ts';
import type { RateBudget } from './durable/rate-budget.ts';
import type { JobMessage } from './kernel/define-job.ts';
import { newestVersion } from './kernel/secret-box.ts';

/** Doors behind which a call makes work or may be a guess; each has its own count. */
export const DOORS = [
  'sign-up',
  'sign-in',
  'second-factor',
  'magic-link',
  'password-reset',
  'invitation',
  'prove',
  'oauth-token',
  'refresh',
  'embed-token',
  'redirect',
] as const;
export type Door = (typeof DOORS)[number];
/** Who has a pace of their own behind the doors. */
const PACED = ['key', 'session'] as const;
export type Paced = (typeof PACED)[number];
/** So many calls in so many seconds. */
export interface Limit {
  calls: number;
  seconds: number;
}

const milliseconds = z.coerce.number().int().positive();
/** 32 bytes in base64. */
const aKey = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);
const version = z.coerce.number().int().positive();
/** Keys by version, as JSON. */
const keySet = z.string().transform((text, ctx) => {
  const keys = z.record(z.string().regex(/^\d+$/), aKey).safeParse(safeJson(text));
  if (keys.success && Object.keys(keys.data).length > 0) return keys.data;
  ctx.addIssue('must be JSON such as {"1":"<32 bytes in base64>"}');
  return z.NEVER;
});
/** "a 20/3600, b 5/60" for exactly these names, or "off" = null. */
function limitsOf<Name extends string>(names: readonly Name[]) {
  return z.string().transform((text, ctx) => {
    if (text === 'off') return null;
    const limits = new Map(
      text.split(',').map((part) => {
        const [, name = '', calls, per] = /^\s*([a-z-]+) ([1-9]\d*)\/([1-9]\d*)\s*$/.exec(part) ?? [];
        return [name, { calls: Number(calls), seconds: Number(per) }];
      }),
    );
    if (limits.size === names.length && names.every((name) => limits.has(name))) return Object.fromEntries(limits) as Record<Name, Limit>;
    ctx.addIssue(`must be "off" or name each of ${names.join(', ')} once, such as "${names[0] as string} 20/3600"`);
    return z.NEVER;
  });
}
const variables = z.object({
  /** Postgres for the role inlay_api. */
  DATABASE_URL: z.string().min(1),
  /** host:port of the stand-in for Neon's proxy; absent in production. */
  NEON_LOCAL_PROXY: z.string().optional(),
  /** Where "the outside" is when it is not outside; absent in production. */
  OUTSIDE_ORIGIN: z.url().optional(),
  /** Public origins of this Worker. */
  API_ORIGIN: z.url(),
  APP_ORIGIN: z.url(),
  /** Extension ids that may sign in, separated by commas. */
  EXTENSION_IDS: z.string(),
  /** JSON {"1":"<32 bytes base64>"}; the highest number wraps, all unwrap. */
  KEY_ENCRYPTION_KEYS: keySet,
  /** Which of them wraps while the newest is still being told to every isolate; absent = the highest number. */
  KEY_ENCRYPTION_VERSION: version.optional(),
  /** Like KEY_ENCRYPTION_KEYS, for our own tokens: the highest number signs, all verify. */
  SESSION_KEYS: keySet.optional(),
  SESSION_KEYS_VERSION: version.optional(),
  /** The first of SESSION_KEYS, from before there were several. 32 bytes base64. */
  SESSION_KEY: aKey.optional(),
  CLICK_KEY: aKey,
  /** Who carries our mail, its key, and the sender as "Name <address>". */
  MAIL_PROVIDER: z.enum(['resend', 'postmark']),
  MAIL_API_KEY: z.string().min(1),
  MAIL_FROM: z.string().min(3),
  META_APP_ID: z.string().min(1),
  META_APP_SECRET: z.string().min(1),
  /** The secret before, while it is being changed: what it signed is still taken. */
  META_APP_SECRET_PREVIOUS: z.string().min(1).optional(),
  META_VERIFY_TOKEN: z.string().min(8),
  TIKTOK_APP_ID: z.string().min(1),
  TIKTOK_APP_SECRET: z.string().min(1),
  /** Our app at Google for ads: the Cloud project that owns it carries the access level. */
  GOOGLE_ADS_CLIENT_ID: z.string().min(1),
  GOOGLE_ADS_CLIENT_SECRET: z.string().min(1),
  SNAPCHAT_CLIENT_ID: z.string().min(1),
  SNAPCHAT_CLIENT_SECRET: z.string().min(1),
  LINKEDIN_CLIENT_ID: z.string().min(1),
  LINKEDIN_CLIENT_SECRET: z.string().min(1),
  SHOPIFY_CLIENT_ID: z.string().min(1),
  SHOPIFY_CLIENT_SECRET: z.string().min(1),
  SHOPIFY_CLIENT_SECRET_PREVIOUS: z.string().min(1).optional(),
  HUBSPOT_CLIENT_ID: z.string().min(1),
  HUBSPOT_CLIENT_SECRET: z.string().min(1),
  HUBSPOT_CLIENT_SECRET_PREVIOUS: z.string().min(1).optional(),
  /** Our app at Google, for signing in; without both nobody signs in with Google here. */
  GOOGLE_CLIENT_ID: z.string().min(1).optional(),
  GOOGLE_CLIENT_SECRET: z.string().min(1).optional(),
  /** The exactly-once clockwork: settle window, gap between the two searches, time-out of one call. */
  SETTLE_WINDOW_MS: milliseconds,
  SEARCH_GAP_MS: milliseconds,
  CALL_TIMEOUT_MS: milliseconds,
  /** Who may scrape /metrics, as a bearer token; absent = there is no such address. */
  METRICS_TOKEN: z.string().min(20).optional(),
  /** Base address of an OTLP collector and its headers ("name=value,…"); absent = traces stay here. */
  OTLP_ENDPOINT: z.url().optional(),
  OTLP_HEADERS: z.string().optional(),
  /** Share of requests and jobs whose trace is sent, 0 to 1. */
  OTLP_SAMPLE: z.coerce.number().min(0).max(1).default(0.1),
  SENTRY_DSN: z.url().optional(),
  /** How often one network may come to each public door, as "sign-up 20/3600, …" (calls per seconds); "off" where everybody is one network. */
  CALL_LIMITS: limitsOf(DOORS),
  /** How often one API key and one session may call, in the same form. */
  API_LIMITS: limitsOf(PACED),
});

const settings = variables.transform(({ SESSION_KEY, SESSION_KEYS, SESSION_KEYS_VERSION, KEY_ENCRYPTION_VERSION, ...rest }, ctx) => {
  const keys = { ...(SESSION_KEY ? { 1: SESSION_KEY } : {}), ...SESSION_KEYS };
  const signWith = SESSION_KEYS_VERSION ?? newestVersion(keys);
  const wrapWith = KEY_ENCRYPTION_VERSION ?? newestVersion(rest.KEY_ENCRYPTION_KEYS);
  if (!Object.hasOwn(keys, signWith)) ctx.addIssue({ code: 'custom', path: ['SESSION_KEYS'], message: 'lacks the key that signs' });
  if (!Object.hasOwn(rest.KEY_ENCRYPTION_KEYS, wrapWith))
    ctx.addIssue({ code: 'custom', path: ['KEY_ENCRYPTION_KEYS'], message: 'lacks the key that wraps' });
  return { ...rest, SESSION_KEYS: { signWith: String(signWith), keys }, KEY_ENCRYPTION_VERSION: wrapWith };
});

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export type Settings = z.infer<typeof settings>;
export interface Bindings {
  LAUNCH_QUEUE: Queue<JobMessage>;
  WEBHOOK_QUEUE: Queue<JobMessage>;
  JOB_QUEUE: Queue<JobMessage>;
  MAIL_QUEUE: Queue<JobMessage>;
  DELIVERY_QUEUE: Queue<JobMessage>;
  /** Raw webhook bodies, kept 90 days. */
  RAW: R2Bucket;
  MEDIA: R2Bucket;
  CALL_LIMIT: DurableObjectNamespace<CallLimit>;
  RATE_BUDGET: DurableObjectNamespace<RateBudget>;
  PROGRESS_ROOM: DurableObjectNamespace<ProgressRoom>;
  /** Analytics Engine. */
  METRICS?: AnalyticsEngineDataset;
  ASSETS?: Fetcher;
}
export type Env = Bindings & Record<string, unknown>;

const parsed = new WeakMap<object, Settings>();

/** Every variable and secret, checked once per isolate; a missing one stops the Worker with its name. */
export function readSettings(env: Env): Settings {
  const known = parsed.get(env);
  if (known) return known;
  const result = settings.safeParse(env);
  if (!result.success) throw new Error(`Configuration: ${result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')}`);
  for (const binding of [
    'LAUNCH_QUEUE',
    'WEBHOOK_QUEUE',
    'JOB_QUEUE',
    'MAIL_QUEUE',
    'DELIVERY_QUEUE',
    'RAW',
    'MEDIA',
    'CALL_LIMIT',
    'RATE_BUDGET',
    'PROGRESS_ROOM',
  ] as const) {
    if (!env[binding]) throw new Error(`Configuration: binding ${binding} is missing`);
  }
  parsed.set(env, result.data);
  return result.data;
}
