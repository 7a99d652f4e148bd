import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import { oneTimeTokens } from '#schema/index.ts';
import { sameBytes, utf8 } from '../../../kernel/bytes.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import { payloadPlace } from '../links/one-time-tokens.ts';
import { wrongCode } from '../second-factor/judge-code.ts';

/** What is sealed beside a code sent by mail: it proves in the session that asked for it. */
export interface MailedCode {
  code: string;
  sessionId: string;
}

const MOST_TRIES = 5;

/** Judges a mailed code, the try counted first. @returns its row's hash; null for a wrong one, or when none is good any more */
export async function judgeMailedCode(ctx: Context, typed: string): Promise<string | null> {
  const { userId, sessionId } = ctx.person();
  const [row] = await ctx.read((q) =>
    q
      .update(oneTimeTokens)
      .set({ tries: sql`${oneTimeTokens.tries} + 1` })
      .where(
        and(
          eq(oneTimeTokens.userId, userId),
          eq(oneTimeTokens.purpose, 'proof_code'),
          isNull(oneTimeTokens.usedAt),
          gt(oneTimeTokens.expiresAt, ctx.now()),
          lt(oneTimeTokens.tries, MOST_TRIES),
        ),
      )
      .returning({ hash: oneTimeTokens.hash, payload: oneTimeTokens.payload }),
  );
  if (!row?.payload) return null;
  const sent = JSON.parse(await ctx.ports.keyRing.unseal(payloadPlace(row.hash), row.payload)) as MailedCode;
  return sent.sessionId === sessionId && sameBytes(utf8(sent.code), utf8(typed)) ? row.hash : null;
}

/** @throws invalid_input when another call was faster */
export async function spendMailedCode(ctx: Context, tx: Tx, hash: string): Promise<void> {
  const [mine] = await tx.sql
    .update(oneTimeTokens)
    .set({ usedAt: ctx.now() })
    .where(and(eq(oneTimeTokens.hash, hash), isNull(oneTimeTokens.usedAt)))
    .returning({ hash: oneTimeTokens.hash });
  if (!mine) throw wrongCode('This code was used already. Ask for a new one.');
}
