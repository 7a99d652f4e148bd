import { and, eq } from 'drizzle-orm';
import type { getTemplate as contract } from '#shared/contracts/launch-templates.ts';
import { templateContent } from '#shared/contracts/launch-templates.ts';
import type { QueryOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import { launchTemplateVersions } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { fetchTemplate, presentTemplate } from './own-templates.ts';

/** A template as it is, or as one of its earlier versions was. */
export async function getTemplate(ctx: Context, input: { id: string } & QueryOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  ctx.require('launches:write');
  const template = await fetchTemplate(ctx, input.id);
  const version = input.version ?? template.version;
  const [row] = await ctx.read((q) =>
    q
      .select()
      .from(launchTemplateVersions)
      .where(
        and(
          eq(launchTemplateVersions.templateId, template.id),
          eq(launchTemplateVersions.organizationId, ctx.organizationId),
          eq(launchTemplateVersions.version, version),
        ),
      ),
  );
  if (!row) throw notFound('version of this template');
  return { ...presentTemplate(template), version, updatedAt: row.createdAt.toISOString(), content: templateContent.parse(row.content) };
}
