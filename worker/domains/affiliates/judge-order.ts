import { and, asc, eq } from 'drizzle-orm';
import { affiliateDecisions, affiliateProgramRules, affiliatePrograms, type orders, type refunds } from '#schema/index.ts';
import { canonicalJson } from '#shared/rules/canonical-json.ts';
import { DEFAULT_PRECEDENCE, resolveAffiliate, type AffiliateDecision, type Candidate } from '#shared/rules/resolve-affiliate.ts';
import { datedRefunds, isSale, soldLines, type GivenBack, type SoldLine } from '#shared/rules/sale-facts.ts';
import type { Context, Tx } from '../../kernel/context.ts';
import { movements, type Movement } from './commission.ts';
import { hasCarrier, orderCandidates } from './order-candidates.ts';
import { postCommission } from './post-commission.ts';
import { termsAt, type Terms } from './terms.ts';

type OrderRow = typeof orders.$inferSelect;
type ProgramRow = typeof affiliatePrograms.$inferSelect;

/**
 * Decides whose order it is and posts its commission, from stored facts and the terms that were in force: whatever arrives twice or out
 * of order, the decision and the sums are the same. Called inside the transaction that changed the order or its refunds; the caller
 * holds the order's row.
 */
export async function judgeOrder(ctx: Context, tx: Tx, order: OrderRow, known: (typeof refunds.$inferSelect)[]): Promise<void> {
  const where = and(eq(affiliateDecisions.organizationId, ctx.organizationId), eq(affiliateDecisions.orderId, order.id));
  const [before] = await tx.sql.select().from(affiliateDecisions).where(where);
  // No carrier now and none before: an order like most.
  if (!before && !hasCarrier(order)) return;
  const found = await tx.sql
    .select({ program: affiliatePrograms, terms: affiliateProgramRules })
    .from(affiliatePrograms)
    .innerJoin(
      affiliateProgramRules,
      and(
        eq(affiliateProgramRules.programId, affiliatePrograms.id),
        eq(affiliateProgramRules.organizationId, affiliatePrograms.organizationId),
      ),
    )
    .where(and(eq(affiliatePrograms.organizationId, ctx.organizationId), eq(affiliatePrograms.shop, order.shop)))
    .orderBy(asc(affiliateProgramRules.version));
  const program = found[0]?.program;
  if (!program) return;
  const history = found.map((one) => one.terms);
  const candidates = await orderCandidates(ctx, tx, order, program, history);
  if (!before && candidates.length === 0) return;

  const terms = termsAt(history, order.placedAt);
  const decision = resolveAffiliate(order.placedAt.getTime(), candidates, {
    id: program.id,
    version: terms.version,
    windowDays: terms.windowDays,
    clickWins: 'last',
    precedence: DEFAULT_PRECEDENCE,
  });
  const lines = order.lines as SoldLine[];
  const sale = isSale(order) && decision.winner !== null;
  const moved = sale
    ? movements(soldLines(lines), datedRefunds(lines, known as GivenBack[]), {
        kind: 'percent',
        num: BigInt(terms.rateNum),
        den: BigInt(terms.rateDen),
      })
    : [];
  await postCommission(ctx, tx, order, decision.winner?.affiliateId ?? null, moved);

  const row = {
    programId: program.id,
    affiliateId: decision.winner?.affiliateId ?? null,
    carrier: decision.winner === null ? null : decision.winner.rung === 'coupon' ? ('coupon' as const) : ('click' as const),
    receipt: receiptOf(order, program, terms, candidates, decision, moved),
  };
  if (!before)
    await tx.sql.insert(affiliateDecisions).values({ organizationId: ctx.organizationId, orderId: order.id, ...row, decidedAt: ctx.now() });
  else if (canonicalJson(before.receipt) !== canonicalJson(row.receipt))
    await tx.sql
      .update(affiliateDecisions)
      .set({ ...row, decidedAt: ctx.now() })
      .where(where);
}

/** Why the order is whose: every claim with its fate, the terms, and each line's movements. No name or address of the buyer. */
function receiptOf(
  order: OrderRow,
  program: ProgramRow,
  terms: Terms,
  candidates: readonly Candidate[],
  decision: AffiliateDecision,
  moved: readonly Movement[],
) {
  return {
    v: 1,
    orderId: order.id,
    placedAt: order.placedAt.toISOString(),
    currency: order.currency,
    rule: {
      programId: program.id,
      version: terms.version,
      windowDays: terms.windowDays,
      rateNum: terms.rateNum,
      rateDen: terms.rateDen,
      precedence: [...DEFAULT_PRECEDENCE],
    },
    candidates: candidates
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((one) => ({
        id: one.id,
        carrier: one.rung,
        affiliateId: one.affiliateId || null,
        mintedAt: one.macOk ? new Date(one.mintedAt).toISOString() : null,
      })),
    winner: decision.winner && { id: decision.winner.candidateId, affiliateId: decision.winner.affiliateId },
    losers: decision.losers.map((one) => ({ id: one.candidateId, reason: one.reason })),
    lines: moved.map((one) => ({
      lineId: one.lineId,
      cause: one.cause,
      baseMinor: Number(one.baseMinor),
      commissionMinor: Number(one.amountMinor),
    })),
  };
}
