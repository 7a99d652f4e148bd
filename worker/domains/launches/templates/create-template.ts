import type { createTemplate as contract } from '#shared/contracts/launch-templates.ts';
import type { BodyOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import { launchTemplates, launchTemplateVersions } from '#schema/index.ts';
import { actorName, type Context } from '../../../kernel/context.ts';
import { getTemplate } from './get-template.ts';

/** Keeps a template, as its version 1. @throws not_allowed for a personal one without a person */
export async function createTemplate(
  ctx: Context,
  { name, isPersonal, content }: BodyOf<typeof contract>,
): Promise<ResponseOf<typeof contract>> {
  ctx.require('launches:write');
  const id = ctx.newId('tpl');
  const ownerId = isPersonal ? ctx.person().userId : null;
  await ctx.transaction(async (tx) => {
    const now = ctx.now();
    await tx.sql.insert(launchTemplates).values({ id, organizationId: ctx.organizationId, ownerId, name, version: 1, updatedAt: now });
    await tx.sql
      .insert(launchTemplateVersions)
      .values({ templateId: id, version: 1, organizationId: ctx.organizationId, content, createdBy: actorName(ctx.actor), createdAt: now });
    await tx.audit('template.create', id, { isPersonal });
  });
  return getTemplate(ctx, { id });
}
