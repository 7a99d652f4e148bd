import { and, eq, gt, isNull } from 'drizzle-orm';
import { externalIdentities, signInStates, users } from '#schema/index.ts';
import { boundState, readBrowserSecret } from '../../../kernel/browser-cookie.ts';
import { sha256Hex } from '../../../kernel/bytes.ts';
import type { Ports } from '../../../kernel/context.ts';
import type { User } from '../account/own-user.ts';
import { finishFirstFactor, type FirstFactorDone } from '../sign-in/finish-first-factor.ts';
import { readGoogleIdentity, type GoogleIdentity, type GoogleRefusal } from './google-api.ts';
import { linkIdentity, type LinkRefusal } from './link-identity.ts';
import { openGoogleAccount } from './open-google-account.ts';
import { callbackUrl, SIGN_IN_COOKIE, verifierPlace, type Beginning } from './start-google.ts';

/**
 * Why somebody comes back from Google without what they wanted. `state` = not begun in this browser, or long ago; `google_not_linked` =
 * the address has an account that Google was never linked to: its owner signs in their own way and links it under their account.
 */
type GoogleProblem = 'state' | 'denied' | 'disabled' | 'google_not_linked' | GoogleRefusal | LinkRefusal;

/** Where the browser goes from Google, and the refresh token it takes along. Never throws for what a browser brought. */
export async function finishGoogle(ports: Ports, request: Request): Promise<{ location: string; refreshToken: string | null }> {
  const query = new URL(request.url).searchParams;
  const { APP_ORIGIN } = ports.settings;
  const state = await takeState(ports, query.get('state') ?? '', readBrowserSecret(request, SIGN_IN_COOKIE));
  const away = (problem: GoogleProblem) => {
    const url = new URL(state?.link ? state.returnTo : '/sign-in', APP_ORIGIN);
    url.searchParams.set('problem', problem);
    return { location: url.href, refreshToken: null };
  };
  if (!state) return away('state');
  const code = query.get('code');
  if (code === null) return away('denied');
  const identity = await readGoogleIdentity(ports, {
    code,
    codeVerifier: state.codeVerifier,
    redirectUri: callbackUrl(ports, request),
    nonceHolds: async (nonce) => (await sha256Hex(nonce)) === state.nonceHash,
  });
  if (typeof identity === 'string') return away(identity);

  if (state.link) {
    const refused = await linkIdentity(ports, state.link, identity);
    if (refused) return away(refused);
    const back = new URL(state.returnTo, APP_ORIGIN);
    back.searchParams.set('linked', 'google');
    return { location: back.href, refreshToken: null };
  }
  const done = await signInAs(ports, identity, state.beginning);
  if (typeof done === 'string') return away(done);
  if ('secondFactor' in done) {
    const asked = new URL('/sign-in', APP_ORIGIN);
    asked.hash = new URLSearchParams({ ...done.secondFactor, returnTo: state.returnTo }).toString();
    return { location: asked.href, refreshToken: null };
  }
  return { location: new URL(state.returnTo, APP_ORIGIN).href, refreshToken: done.refreshToken };
}

/** A known identity signs in; an unknown one with an address of nobody gets an account; one with an address of somebody is not let in by it. */
async function signInAs(
  ports: Ports,
  identity: GoogleIdentity,
  beginning: Beginning | null,
): Promise<FirstFactorDone | 'disabled' | 'google_not_linked'> {
  const known = await findLinked(ports, identity);
  if (known) return known.disabledAt ? 'disabled' : finishFirstFactor(ports, known, 'google');
  // Nobody opened one, or another tab just did, for the same Google account.
  const opened = (await openGoogleAccount(ports, identity, beginning)) ?? (await findLinked(ports, identity));
  return opened ? finishFirstFactor(ports, opened, 'google') : 'google_not_linked';
}

async function findLinked(ports: Ports, { subject }: GoogleIdentity): Promise<User | null> {
  const [known] = await ports.database.within({}).read((q) =>
    q
      .select({ user: users })
      .from(externalIdentities)
      .innerJoin(users, eq(users.id, externalIdentities.userId))
      .where(and(eq(externalIdentities.provider, 'google'), eq(externalIdentities.subject, subject))),
  );
  return known?.user ?? null;
}

interface TakenState {
  nonceHash: string;
  returnTo: string;
  codeVerifier: string;
  link: { userId: string; sessionId: string } | null;
  beginning: Beginning | null;
}

/** Marks the state used, by compare-and-set: a second use finds nothing, and so does another browser. */
async function takeState(ports: Ports, state: string, browser: string | null): Promise<TakenState | null> {
  if (state === '' || browser === null) return null;
  const stateHash = await sha256Hex(boundState(state, browser));
  const [row] = await ports.database.within({}).read((q) =>
    q
      .update(signInStates)
      .set({ usedAt: ports.now() })
      .where(
        and(
          eq(signInStates.stateHash, stateHash),
          eq(signInStates.provider, 'google'),
          isNull(signInStates.usedAt),
          gt(signInStates.expiresAt, ports.now()),
        ),
      )
      .returning(),
  );
  if (!row) return null;
  const { nonceHash, returnTo, userId, sessionId, beginning } = row;
  return {
    nonceHash,
    returnTo,
    codeVerifier: await ports.keyRing.unseal(verifierPlace(stateHash), row.codeVerifier),
    link: userId && sessionId ? { userId, sessionId } : null,
    beginning,
  };
}
