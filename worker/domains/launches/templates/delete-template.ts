import { and, eq } from 'drizzle-orm';
import { launchTemplates } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { fetchTemplate, seenBy } from './own-templates.ts';

/** With all its versions. Launches made from it hold their own plan and stay. */
export async function deleteTemplate(ctx: Context, { id }: { id: string }): Promise<Record<string, never>> {
  ctx.require('launches:write');
  await fetchTemplate(ctx, id);
  await ctx.transaction(async (tx) => {
    await tx.sql.delete(launchTemplates).where(and(eq(launchTemplates.id, id), seenBy(ctx)));
    await tx.audit('template.delete', id);
  });
  return {};
}
