import { and, eq, isNull } from 'drizzle-orm';
import { users } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { useMagicLink as contract } from '#shared/contracts/identity.ts';
import type { Ports } from '../../../kernel/context.ts';
import { forgetGuesses } from '../guessing/count-guess.ts';
import { linkIsGone, useLink } from '../links/one-time-tokens.ts';
import { finishFirstFactor, type FirstFactorDone } from './finish-first-factor.ts';

/** Signs in by a mail's link, once. Whoever reads the mailbox is no guesser: wrong passwords are forgotten. */
export async function useMagicLink(ports: Ports, { token }: BodyOf<typeof contract>): Promise<FirstFactorDone> {
  const user = await ports.database.within({}).transaction(async (tx) => {
    const { userId } = await useLink(ports, tx, 'magic_link', token);
    const [found] = await tx
      .select()
      .from(users)
      .where(and(eq(users.id, userId ?? ''), isNull(users.disabledAt)));
    if (!found) throw linkIsGone();
    await forgetGuesses(tx, { kind: 'password', emailKey: found.emailKey });
    return found;
  });
  return finishFirstFactor(ports, user, 'link');
}
