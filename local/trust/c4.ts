import { randomBytes } from 'node:crypto';
import type { Tokens } from '#shared/contracts/identity.ts';
import { DEMO, signUpByMail } from '../demo-member.ts';
import type { TrustRow, TrustStage } from './trust-row.ts';

const FAMILIES = 200;
const AT_ONCE = 100;
const EMAIL = 'c4@inlay.test';

/** A parent token a hundred times at once, its lost answer asked for again, and its replay by a thief half a minute later. */
export const refreshReuse: TrustRow = {
  row: 'C4',
  promise: 'a refresh token works once: one winner, no fork, the same answer to an honest retry, and reuse ends the family and tells',
  async run(stage) {
    const { userId } = await person(stage);
    const families = stage.scaled(FAMILIES);
    const seen = {
      winners: 0,
      refused: 0,
      other: 0,
      forks: 0,
      honestRetriesSame: 0,
      honestRetriesOther: 0,
      replaysRefused: 0,
      familiesEnded: 0,
    };
    for (let n = 0; n < families; n++) await oneFamily(stage, seen);
    const audited = await stage.stack.query<{ n: number }>(
      `select count(*)::int as n from audit_log where object = $1 and action = 'identity.session_reused'`,
      [userId],
    );
    const mailed = await stage.stack.query<{ n: number }>(
      `select count(*)::int as n from mails where user_id = $1 and template = 'security_notice'`,
      [userId],
    );
    const [told, notices] = [audited[0]?.n, mailed[0]?.n];
    stage.say(
      `${families} families, each parent ${AT_ONCE} times at once: ${seen.winners} winners, ${seen.refused} refused, ${seen.forks} forks`,
    );
    return {
      ok:
        seen.winners === families &&
        seen.refused === families * (AT_ONCE - 1) &&
        seen.other === 0 &&
        seen.forks === 0 &&
        seen.honestRetriesSame === families &&
        seen.honestRetriesOther === 0 &&
        seen.replaysRefused === families &&
        seen.familiesEnded === families &&
        told === families &&
        notices === families,
      figures: { families, atOnce: AT_ONCE, ...seen, askedAgain, audited: told ?? -1, notices: notices ?? -1 },
    };
  },
};

async function oneFamily(stage: TrustStage, seen: Record<string, number>): Promise<void> {
  const add = (what: string, by = 1) => {
    seen[what] = (seen[what] ?? 0) + by;
  };
  const parent = await signIn(stage);
  const sent = await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      const retryId = randomBytes(16).toString('hex');
      return { retryId, ...(await refresh(stage, parent, retryId)) };
    }),
  );
  const won = sent.filter((one) => one.status === 200);
  add('winners', won.length);
  add('refused', sent.filter((one) => one.status === 401).length);
  const other = sent.filter((one) => one.status !== 200 && one.status !== 401);
  add('other', other.length);
  if (other.length > 0) stage.say(`other answers: ${other.map((one) => one.status).join(' ')}`);
  const [winner] = won;
  if (!winner?.tokens) return;

  const [open] = await stage.stack.query<{ n: number; session: string }>(
    `select count(*)::int as n, max(session_id) as session from refresh_tokens
     where used_at is null and session_id = (select session_id from refresh_tokens where hash = encode(sha256($1::bytea), 'hex'))`,
    [parent],
  );
  add('forks', Math.max(0, (open?.n ?? 0) - 1));
  // However slow the machine: for this family no half minute has gone by yet.
  await stage.stack.query('update refresh_tokens set used_at = now() where session_id = $1 and used_at is not null', [open?.session]);
  const again = await refresh(stage, parent, winner.retryId);
  const isSame = again.tokens?.refreshToken === winner.tokens.refreshToken && again.tokens?.accessToken === winner.tokens.accessToken;
  add(isSame ? 'honestRetriesSame' : 'honestRetriesOther');

  // Half a minute goes by for this family only.
  await stage.stack.query(
    `update refresh_tokens set used_at = now() - interval '31 seconds' where session_id = $1 and used_at is not null`,
    [open?.session],
  );
  const replay = await refresh(stage, parent, winner.retryId);
  add('replaysRefused', replay.status === 401 ? 1 : 0);
  const [child, access] = await Promise.all([
    refresh(stage, winner.tokens.refreshToken ?? '', randomBytes(16).toString('hex')),
    fetch(`${stage.stack.origin}/v1/me`, { headers: { authorization: `Bearer ${winner.tokens.accessToken}` } }),
  ]);
  add('familiesEnded', child.status === 401 && access.status === 401 ? 1 : 0);
}

async function person(stage: TrustStage): Promise<{ userId: string }> {
  const tokens = await signUpByMail(stage.stack, { email: EMAIL, organizationName: 'Trust' });
  return { userId: tokens.me.user.id };
}

/** A new family: its first refresh token, from the cookie of a sign-in. */
async function signIn(stage: TrustStage): Promise<string> {
  const answer = await post(stage, '/v1/auth/sign-in', { email: EMAIL, password: DEMO.password });
  const token = answer.headers.get('set-cookie')?.match(/inlay_refresh=(irt_[\w-]+)/)?.[1];
  if (!token) throw new Error(`The sign-in answered ${answer.status} without a refresh token.`);
  return token;
}

async function refresh(stage: TrustStage, refreshToken: string, retryId: string): Promise<{ status: number; tokens: Tokens | null }> {
  const answer = await post(stage, '/v1/auth/refresh', { refreshToken, retryId });
  const body = (await answer.json()) as Tokens;
  return { status: answer.status, tokens: answer.status === 200 ? body : null };
}

/**
 * A connection that breaks before its answer, or a database that is full just now (503), is what the retry id is for: the very same
 * question is asked again, as the extension and the app do.
 */
async function post(stage: TrustStage, path: string, body: unknown, tries = 12): Promise<Response> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', connection: 'close' }, body: JSON.stringify(body) };
  const answer = await fetch(stage.stack.origin + path, init).catch((error: unknown) => {
    if (tries <= 1) throw error;
    return null;
  });
  if (answer !== null && (answer.status !== 503 || tries <= 1)) return answer;
  askedAgain += 1;
  await new Promise((resolve) => setTimeout(resolve, 250));
  return post(stage, path, body, tries - 1);
}
let askedAgain = 0;
