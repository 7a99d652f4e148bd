import { and, eq, isNull, or, type SQL } from 'drizzle-orm';
import type { LaunchTemplate } from '#shared/contracts/launch-templates.ts';
import { launchTemplates } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';

export type TemplateRow = typeof launchTemplates.$inferSelect;

/** The organization's templates, and of personal ones those of the person who asks: nobody else's, whatever their role. */
export function seenBy(ctx: Context): SQL | undefined {
  const { actor } = ctx;
  const own = actor.kind === 'user' ? eq(launchTemplates.ownerId, actor.userId) : undefined;
  return and(eq(launchTemplates.organizationId, ctx.organizationId), or(isNull(launchTemplates.ownerId), own));
}

/** One template or not_found: missing ones, foreign ones and somebody else's own look alike. */
export async function fetchTemplate(ctx: Context, id: string): Promise<TemplateRow> {
  const [row] = await ctx.read((q) =>
    q
      .select()
      .from(launchTemplates)
      .where(and(eq(launchTemplates.id, id), seenBy(ctx))),
  );
  if (!row) throw notFound('template');
  return row;
}

export const presentTemplate = ({ id, name, ownerId, version, updatedAt }: TemplateRow): LaunchTemplate => ({
  id,
  name,
  isPersonal: ownerId !== null,
  version,
  updatedAt: updatedAt.toISOString(),
});
