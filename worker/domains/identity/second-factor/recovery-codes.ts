import { and, eq, isNull } from 'drizzle-orm';
import { recoveryCodes } from '#schema/index.ts';
import type { Context, Ports, Tx } from '../../../kernel/context.ts';
import { findCode, hashCodes } from '../password/password.ts';

const HOW_MANY = 10;
/** Crockford's base32: no letter that is read as a digit. */
const SIGNS = '0123456789abcdefghjkmnpqrstvwxyz';
const GROUPS = 3;
const GROUP = 5;

/** 75 random bits, "3f9ka-0vm2t-7rc8d". */
function newCode(): string {
  const signs = Array.from(crypto.getRandomValues(new Uint8Array(GROUPS * GROUP)), (byte) => SIGNS[byte % SIGNS.length]).join('');
  return Array.from({ length: GROUPS }, (_, i) => signs.slice(i * GROUP, (i + 1) * GROUP)).join('-');
}
/** As it is hashed: without what stands between the groups, and with the letters that are no signs read as the digits they look like. */
const plainCode = (typed: string): string => typed.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1');

export interface NewRecoveryCodes {
  codes: string[];
  hashes: string[];
}
/** Hashed before any transaction begins: no row waits for it. */
export async function makeRecoveryCodes(): Promise<NewRecoveryCodes> {
  const codes = Array.from({ length: HOW_MANY }, newCode);
  return { codes, hashes: await hashCodes(codes.map(plainCode)) };
}

/** In the place of all that were before. */
export async function replaceRecoveryCodes(ctx: Context, tx: Tx, userId: string, hashes: readonly string[]): Promise<void> {
  await tx.sql.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.sql.insert(recoveryCodes).values(hashes.map((hash) => ({ id: ctx.newId('rec'), userId, hash, createdAt: ctx.now() })));
}

/** The unused code of this person that was typed; null = none of them. */
export async function findRecoveryCode(ports: Ports, userId: string, typed: string): Promise<string | null> {
  const left = await ports.database.within({ userId }).read((q) =>
    q
      .select({ id: recoveryCodes.id, hash: recoveryCodes.hash })
      .from(recoveryCodes)
      .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt))),
  );
  const at = await findCode(
    left.map((one) => one.hash),
    plainCode(typed),
  );
  return left[at]?.id ?? null;
}
