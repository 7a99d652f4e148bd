import type pg from 'pg';
import * as identity from '#shared/contracts/identity.ts';
import { payloadPlace } from '../domains/identity/links/one-time-tokens.ts';
import type { PendingSignUp } from '../domains/identity/sign-up/sign-up.ts';
import { randomSecret, sha256Hex } from '../kernel/bytes.ts';
import { createKeyRing } from '../kernel/secret-box.ts';

export const TEST_PASSWORD = 'correct horse battery';
/** Of that password, at the full cost: it is checked like any other, it only need not be made a thousand times in a run. */
const TEST_PASSWORD_HASH = '$argon2id$v=19$m=19456,t=2,p=1$QegQ2+CqL6PfnLZ+jwHiYQ$4/hmLIRu8Yw34YDceWhNKGIx2wx2aVzNQE+wO2tDo3Q';

/**
 * What lies in the database of somebody who filled in the form and waits for the mail, for tests that are about something else.
 * @param keys KEY_ENCRYPTION_KEYS as the Worker has them
 * @returns the secret of the mail's link, and the cookie of the browser that asked
 */
export async function askToSignUp(
  db: pg.Client,
  keys: string,
  asked: Partial<PendingSignUp> & Pick<PendingSignUp, 'email' | 'name' | 'organizationName'>,
): Promise<{ token: string; cookie: string }> {
  const [token, browser] = [`itl_${randomSecret(32)}`, randomSecret()];
  const { password: _, ...input } = identity.signUp.body!.parse({ ...asked, password: TEST_PASSWORD });
  const pending: PendingSignUp = { ...input, passwordHash: TEST_PASSWORD_HASH, browserHash: await sha256Hex(browser) };
  const hash = await sha256Hex(token);
  const payload = await createKeyRing(JSON.parse(keys)).seal(payloadPlace(hash), JSON.stringify(pending));
  await db.query(`insert into one_time_tokens (hash, purpose, payload, expires_at) values ($1, 'sign_up', $2, now() + interval '1 day')`, [
    hash,
    payload,
  ]);
  return { token, cookie: `inlay_sign_up=${browser}` };
}
