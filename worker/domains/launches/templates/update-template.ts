import { and, eq, sql } from 'drizzle-orm';
import type { updateTemplate as contract } from '#shared/contracts/launch-templates.ts';
import type { BodyOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import { launchTemplates, launchTemplateVersions } from '#schema/index.ts';
import { actorName, type Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { getTemplate } from './get-template.ts';
import { fetchTemplate, seenBy } from './own-templates.ts';

/** Writes the next version, if the one that was changed is still the newest; earlier ones stay as they were. */
export async function updateTemplate(
  ctx: Context,
  { id, name, version, content }: { id: string } & BodyOf<typeof contract>,
): Promise<ResponseOf<typeof contract>> {
  ctx.require('launches:write');
  await fetchTemplate(ctx, id);
  await ctx.transaction(async (tx) => {
    const now = ctx.now();
    const [moved] = await tx.sql
      .update(launchTemplates)
      .set({ name, version: sql`${launchTemplates.version} + 1`, updatedAt: now })
      .where(and(eq(launchTemplates.id, id), seenBy(ctx), eq(launchTemplates.version, version)))
      .returning({ version: launchTemplates.version });
    if (!moved)
      throw new AppError(
        'conflict',
        'Somebody changed this template in the meantime. Nothing was written; open it again, or keep yours under another name.',
      );
    await tx.sql.insert(launchTemplateVersions).values({
      templateId: id,
      version: moved.version,
      organizationId: ctx.organizationId,
      content,
      createdBy: actorName(ctx.actor),
      createdAt: now,
    });
    await tx.audit('template.update', id, { version: moved.version });
  });
  return getTemplate(ctx, { id });
}
