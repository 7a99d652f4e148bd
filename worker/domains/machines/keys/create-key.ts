import { and, eq, isNull } from 'drizzle-orm';
import { apiKeys } from '#schema/index.ts';
import type { BodyOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { createApiKey as contract } from '#shared/contracts/machines.ts';
import { may } from '#shared/rules/permissions.ts';
import { randomSecret, sha256Hex } from '../../../kernel/bytes.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { presentKey } from './present-key.ts';

const LIVE = 'ink_live_';
/** Signs of the random part that stay visible: enough to tell keys apart, far too few to guess the other 39. */
const SHOWN = 4;
const MOST_KEYS = 100;
const DAY_MS = 86_400_000;

/** A key for a machine. It is told once and kept as a hash: 256 random bits need no slow one. */
export async function createApiKey(
  ctx: Context,
  { name, scopes, expiresInDays }: BodyOf<typeof contract>,
): Promise<ResponseOf<typeof contract>> {
  const maker = ctx.person();
  const beyond = scopes.filter((scope) => !may(maker.permissions, scope));
  if (beyond.length > 0)
    throw new AppError('invalid_input', `You may not do ${beyond.join(', ')} yourself, so your key may not either.`, {
      reason: 'beyond_own_rights',
      fields: beyond.map((scope) => ({
        path: `scopes.${scopes.indexOf(scope)}`,
        message: 'Leave it out, or ask an owner to make the key.',
      })),
    });
  const key = `${LIVE}${randomSecret(32)}`;
  const now = ctx.now();
  return ctx.transaction(async (tx) => {
    const alive = await tx.sql.$count(apiKeys, and(eq(apiKeys.organizationId, ctx.organizationId), isNull(apiKeys.revokedAt)));
    if (alive >= MOST_KEYS)
      throw new AppError('conflict', `There are ${MOST_KEYS} keys already. Revoke one that is not used any more.`, { reason: 'most_keys' });
    const [row] = await tx.sql
      .insert(apiKeys)
      .values({
        id: ctx.newId('key'),
        organizationId: ctx.organizationId,
        name,
        prefix: key.slice(0, LIVE.length + SHOWN),
        hash: await sha256Hex(key),
        scopes: [...new Set(scopes)],
        createdBy: maker.userId,
        expiresAt: expiresInDays === null ? null : new Date(now.getTime() + expiresInDays * DAY_MS),
        createdAt: now,
      })
      .returning();
    if (!row) throw new Error('The key was not saved.');
    await tx.audit('key.create', row.id, { name, scopes: row.scopes, expiresAt: row.expiresAt?.toISOString() ?? null });
    return { key, apiKey: presentKey(row, now) };
  });
}
