import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import { z } from 'zod';
import type { Ports } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';

/** As Google's discovery document names them, https://accounts.google.com/.well-known/openid-configuration. */
export const GOOGLE = {
  issuer: 'https://accounts.google.com',
  authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
  token_endpoint: 'https://oauth2.googleapis.com/token',
  jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
} as const;
const TIMEOUT_MS = 10_000;
/** Clocks may differ by so much. */
const LEEWAY_SECONDS = 30;

/** Our app at Google. @throws unavailable where nobody has set one up */
export function googleApp({ settings }: Ports): { id: string; secret: string } {
  const { GOOGLE_CLIENT_ID: id, GOOGLE_CLIENT_SECRET: secret } = settings;
  if (!id || !secret)
    throw new AppError('unavailable', 'Signing in with Google is not set up here. Sign in with your password or a link sent by mail.', {
      reason: 'google_not_here',
    });
  return { id, secret };
}

/** Why Google's word was not taken: it said no, gave no clear answer, or what it gave is not what it must be. */
export type GoogleRefusal = 'refused' | 'silent' | 'forged';
/** What Google says of a person whose address it has verified. */
export interface GoogleIdentity {
  subject: string;
  email: string;
  name: string | null;
  locale: string | null;
}

/** The code of a consent page for the person behind it, by Google's own signed word. @param nonceHolds judges the nonce that came back */
export async function readGoogleIdentity(
  ports: Ports,
  given: { code: string; codeVerifier: string; redirectUri: string; nonceHolds(nonce: string): Promise<boolean> },
): Promise<GoogleIdentity | GoogleRefusal> {
  const app = googleApp(ports);
  const answer = await ask(ports, GOOGLE.token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: given.code,
      code_verifier: given.codeVerifier,
      redirect_uri: given.redirectUri,
      client_id: app.id,
      client_secret: app.secret,
    }),
  });
  if (answer === 'silent') return 'silent';
  if (!answer.ok) return answer.status === 400 || answer.status === 401 ? 'refused' : 'silent';
  const token = z.object({ id_token: z.string() }).safeParse(answer.body);
  if (!token.success) return 'silent';
  const claims = await verifyIdToken(ports, token.data.id_token, app.id);
  if (typeof claims === 'string') return claims;
  const said = z
    .object({
      sub: z.string().min(1).max(255),
      nonce: z.string(),
      email: z.email().max(254),
      email_verified: z.boolean(),
      azp: z.string().optional(),
      name: z.string().optional(),
      locale: z.string().optional(),
    })
    .safeParse(claims);
  if (!said.success || (said.data.azp !== undefined && said.data.azp !== app.id) || !(await given.nonceHolds(said.data.nonce))) {
    ports.log.warn('google.claims_refused', {
      reason: said.success ? 'nonce or azp' : said.error.issues.map((one) => one.path.join('.')).join(),
    });
    return 'forged';
  }
  if (!said.data.email_verified) return 'refused';
  return { subject: said.data.sub, email: said.data.email, name: said.data.name?.trim() || null, locale: said.data.locale ?? null };
}

/** Signature, issuer, audience and times, by Google's published keys. An unknown key is looked for once more: keys rotate. */
async function verifyIdToken(ports: Ports, idToken: string, clientId: string): Promise<JWTPayload | GoogleRefusal> {
  for (const fresh of [false, true]) {
    const keys = await googleKeys(ports, fresh);
    if (!keys) return 'silent';
    try {
      const { payload } = await jwtVerify(idToken, createLocalJWKSet(keys), {
        algorithms: ['RS256'],
        issuer: [GOOGLE.issuer, 'accounts.google.com'],
        audience: clientId,
        currentDate: ports.now(),
        clockTolerance: LEEWAY_SECONDS,
        requiredClaims: ['exp', 'iat', 'sub'],
      });
      return payload;
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      if (!(error instanceof errors.JWKSNoMatchingKey) || fresh) {
        ports.log.warn('google.token_refused', { code: error.code });
        return 'forged';
      }
    }
  }
  return 'forged';
}

let known: { keys: JSONWebKeySet; until: number } | undefined;
/** Kept in the isolate as long as Google says, at most a day; null = not to be had right now. */
async function googleKeys(ports: Ports, fresh: boolean): Promise<JSONWebKeySet | null> {
  if (known && !fresh && known.until > ports.now().getTime()) return known.keys;
  const answer = await ask(ports, GOOGLE.jwks_uri, {});
  if (answer === 'silent' || !answer.ok) return null;
  const keys = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) }).safeParse(answer.body);
  if (!keys.success) return null;
  const seconds = Math.min(86_400, Number(/max-age=(\d+)/.exec(answer.cacheControl)?.[1] ?? 0));
  known = { keys: keys.data as JSONWebKeySet, until: ports.now().getTime() + seconds * 1000 };
  return known.keys;
}

/** Google's answer in JSON; 'silent' when none came in time, or none that can be read. */
async function ask(
  ports: Ports,
  url: string,
  init: RequestInit,
): Promise<{ ok: boolean; status: number; body: unknown; cacheControl: string } | 'silent'> {
  try {
    const answer = await ports.outside(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return {
      ok: answer.ok,
      status: answer.status,
      body: await answer.json(),
      cacheControl: answer.headers.get('cache-control') ?? '',
    };
  } catch (error) {
    ports.log.error('google.no_answer', error, { route: new URL(url).pathname });
    return 'silent';
  }
}
