import { eq } from 'drizzle-orm';
import { users } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { signUp as contract } from '#shared/contracts/identity.ts';
import type { BrowserCookie } from '../../../kernel/browser-cookie.ts';
import { sha256Hex } from '../../../kernel/bytes.ts';
import { createContext, NO_ORGANIZATION, type Ports } from '../../../kernel/context.ts';
import { queueMail } from '../../mail/index.ts';
import { emailKey } from '../email-key.ts';
import { issueLink, linkTo } from '../links/one-time-tokens.ts';
import { hashPassword } from '../password/password.ts';
import { refuseWeakPassword } from '../password/refuse-weak-password.ts';

/** As long as the link is good. */
export const SIGN_UP_COOKIE: BrowserCookie = { name: 'inlay_sign_up', path: '/v1/auth', minutes: 24 * 60 };

/** What a link of this kind will create; `browserHash` = of the secret of the browser that asked, and so chose the password. */
export type PendingSignUp = Omit<BodyOf<typeof contract>, 'password'> & { passwordHash: string; browserHash?: string };

/**
 * Sends a link that opens the account. Nothing is created yet, so nobody can sit on an address that is not theirs, and a newer wish does
 * not change an older one. The same work and the same answer whether or not the address has an account: the mail tells.
 * @param browser the secret that the browser which asks keeps in its cookie
 */
export async function signUp(
  ports: Ports,
  { password, ...input }: BodyOf<typeof contract>,
  browser: string,
): Promise<Record<string, never>> {
  await refuseWeakPassword(ports, password, input);
  const passwordHash = await hashPassword(password);
  const ctx = createContext(ports, NO_ORGANIZATION, { kind: 'job', job: 'sign-up' });
  const [known] = await ctx.read((q) =>
    q
      .select({ id: users.id, name: users.name, locale: users.locale })
      .from(users)
      .where(eq(users.emailKey, emailKey(input.email))),
  );
  await ctx.transaction(async (tx) => {
    const pending: PendingSignUp = { ...input, passwordHash, browserHash: await sha256Hex(browser) };
    const token = await issueLink(ports, tx.sql, { purpose: 'sign_up', userId: null, payload: pending });
    await queueMail(
      ctx,
      tx,
      known
        ? {
            template: 'already_have_account',
            to: input.email,
            locale: known.locale,
            userId: known.id,
            data: { name: known.name, link: new URL('/sign-in', ports.settings.APP_ORIGIN).href },
          }
        : {
            template: 'confirm_sign_up',
            to: input.email,
            locale: input.locale,
            data: { name: input.name, link: linkTo(ports, '/confirm', token) },
          },
    );
  });
  return {};
}
