import { and, desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { auditSeals } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';

const anchor = z.object({ n: z.int(), hash: z.string() });
const keyOf = (ctx: Context) => `audit-heads/${ctx.organizationId}`;

/** Notes the newest seal outside the database: who can rewrite Postgres, seals and all, cannot rewrite this. */
export async function keepAnchor(ctx: Context): Promise<void> {
  const [head] = await ctx.read((q) =>
    q
      .select({ n: auditSeals.n, hash: auditSeals.hash })
      .from(auditSeals)
      .where(eq(auditSeals.organizationId, ctx.organizationId))
      .orderBy(desc(auditSeals.n))
      .limit(1),
  );
  if (head) await ctx.ports.bindings.RAW.put(keyOf(ctx), JSON.stringify(head));
}

/** Nothing is left to hold against it: the organization was erased. */
export const dropAnchor = (ctx: Context): Promise<void> => ctx.ports.bindings.RAW.delete(keyOf(ctx));

/** Whether the seal that was noted last still stands as it was; true while none was noted. */
export async function fitsAnchor(ctx: Context): Promise<boolean> {
  const object = await ctx.ports.bindings.RAW.get(keyOf(ctx));
  if (!object) return true;
  const { n, hash } = anchor.parse(await object.json());
  const found = await ctx.read((q) =>
    q
      .select({ n: auditSeals.n })
      .from(auditSeals)
      .where(and(eq(auditSeals.organizationId, ctx.organizationId), eq(auditSeals.n, n), eq(auditSeals.hash, hash))),
  );
  return found.length === 1;
}
