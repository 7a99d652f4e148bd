import { desc, eq } from 'drizzle-orm';
import { embedKeys } from '#schema/index.ts';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import type { listEmbedKeys as contract } from '#shared/contracts/embeds.ts';
import type { Context } from '../../kernel/context.ts';
import { presentKey } from './present-key.ts';

/** The public keys of the organization's pages, newest first, and the script that such a page loads. */
export async function listEmbedKeys(ctx: Context): Promise<ResponseOf<typeof contract>> {
  const rows = await ctx.read((q) =>
    q.select().from(embedKeys).where(eq(embedKeys.organizationId, ctx.organizationId)).orderBy(desc(embedKeys.id)),
  );
  return { keys: rows.map(presentKey), script: `${new URL(ctx.ports.settings.API_ORIGIN).origin}/widget/inlay.js` };
}
