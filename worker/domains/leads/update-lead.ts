import { and, eq } from 'drizzle-orm';
import { leads } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { Lead, updateLead as contract } from '#shared/contracts/revenue.ts';
import type { Context } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { bumpDataVersion } from '../insights/index.ts';
import { emitEvent } from '../machines/index.ts';
import { leadFacts } from './lead-facts.ts';
import { readLeads } from './lead-rows.ts';

/** Moves a lead to another stage. */
export async function updateLead(ctx: Context, id: string, { stage }: BodyOf<typeof contract>): Promise<Lead> {
  await ctx.transaction(async (tx) => {
    const [before] = await tx.sql
      .select()
      .from(leads)
      .where(and(eq(leads.id, id), eq(leads.organizationId, ctx.organizationId)))
      .for('update');
    if (!before) throw notFound('lead');
    if (before.stage === stage) return;
    await tx.sql
      .update(leads)
      .set({ stage })
      .where(and(eq(leads.id, id), eq(leads.organizationId, ctx.organizationId)));
    await emitEvent(ctx, tx, 'lead.updated', leadFacts({ ...before, stage }));
    await bumpDataVersion(ctx, tx.sql);
    await tx.audit('lead.stage', id, { from: before.stage, to: stage });
  });
  const [lead] = await readLeads(ctx, eq(leads.id, id), 1);
  if (!lead) throw notFound('lead');
  return lead;
}
