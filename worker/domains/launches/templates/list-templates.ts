import { asc } from 'drizzle-orm';
import type { listTemplates as contract } from '#shared/contracts/launch-templates.ts';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import { launchTemplates } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { presentTemplate, seenBy } from './own-templates.ts';

export async function listTemplates(ctx: Context): Promise<ResponseOf<typeof contract>> {
  ctx.require('launches:write');
  const rows = await ctx.read((q) =>
    q.select().from(launchTemplates).where(seenBy(ctx)).orderBy(asc(launchTemplates.name), asc(launchTemplates.id)),
  );
  return { templates: rows.map(presentTemplate) };
}
